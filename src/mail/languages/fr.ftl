# What mails say, in French. The categories of numbers: one (0 and 1), other.

## Names and marks

months = janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.
weekdays = lun. mar. mer. jeu. ven. sam. dim.
date-time = { $weekday } { $day } { $month } { $year }, { $time } { $zone }
short-date-time = { $weekday } { $day } { $month }, { $time }
comma = { ", " }
and = { " et " }
semicolon = { " ; " }
colon = { " : " }
quoted = « { $text } »

## The head

new-items =
    { PLURAL($count) ->
        [one] { $count } nouvel article
       *[other] { $count } nouveaux articles
    }
new-items-in-topics =
    { PLURAL($count) ->
        [one] { $count } nouvel article
       *[other] { $count } nouveaux articles
    } dans { PLURAL($topics) ->
        [one] { $topics } thème
       *[other] { $topics } thèmes
    }
new-stories =
    { PLURAL($count) ->
        [one] { $count } nouveau sujet
       *[other] { $count } nouveaux sujets
    } ({ PLURAL($items) ->
        [one] { $items } article
       *[other] { $items } articles
    })
new-stories-in-topics =
    { PLURAL($count) ->
        [one] { $count } nouveau sujet
       *[other] { $count } nouveaux sujets
    } ({ PLURAL($items) ->
        [one] { $items } article
       *[other] { $items } articles
    }) dans { PLURAL($topics) ->
        [one] { $topics } thème
       *[other] { $topics } thèmes
    }
stories-developing =
    { PLURAL($count) ->
        [one] du nouveau sur { $count } sujet déjà annoncé
       *[other] du nouveau sur { $count } sujets déjà annoncés
    }
nothing-new = Rien de nouveau
nothing-new-beside-alerts = Rien de nouveau en dehors des alertes
items-not-mailed =
    { PLURAL($count) ->
        [one] { $count } article n’a pas pu être envoyé
       *[other] { $count } articles n’ont pas pu être envoyés
    }
alerts-sent-before =
    { PLURAL($count) ->
        [one] { $count } alerte envoyée auparavant
       *[other] { $count } alertes envoyées auparavant
    }
items-found-later =
    { PLURAL($count) ->
        [one] { $count } article trouvé après coup
       *[other] { $count } articles trouvés après coup
    }
items-appeared-at-once =
    { PLURAL($count) ->
        [one] { $count } article ancien apparu d’un coup
       *[other] { $count } articles anciens apparus d’un coup
    }
unusual =
    Inhabituel : { PLURAL($count) ->
        [one] { $count } sujet
       *[other] { $count } sujets
    } sous « { $name } », contre { $habit } d’habitude par jour
digest-for-alerts = Tant d’alertes étaient dues en une heure que cette synthèse les remplace.

## Subjects

new =
    { PLURAL($count) ->
        [one] { $count } nouveau
       *[other] { $count } nouveaux
    }
feeds-polled =
    { PLURAL($count) ->
        [one] { $count } flux relevé
       *[other] { $count } flux relevés
    }
no-feed-polled = Aucun flux n’a été relevé
silent-for-long =
    { PLURAL($count) ->
        [one] { $count } muet depuis longtemps
       *[other] { $count } muets depuis longtemps
    }
watches-muted =
    { PLURAL($count) ->
        [one] { $count } veille en sourdine
       *[other] { $count } veilles en sourdine
    }

## What may be missing

complete =
    { PLURAL($count) ->
        [one] Complet : { $count } flux a été lu, aucun n’est en panne
       *[other] Complet : { $count } flux ont été lus, aucun n’est en panne
    }
not-complete = Incomplet : { $doubts }
doubt-failing =
    { PLURAL($count) ->
        [one] { $count } flux est en panne
       *[other] { $count } flux sont en panne
    }
doubt-not-read-whole =
    { PLURAL($count) ->
        [one] { $count } flux n’a pas pu être lu en entier
       *[other] { $count } flux n’ont pas pu être lus en entier
    }
doubt-possibly-missed =
    { PLURAL($count) ->
        [one] { $count } flux a pu perdre des articles entre deux relevés
       *[other] { $count } flux ont pu perdre des articles entre deux relevés
    }
doubt-handled-with-care =
    { PLURAL($count) ->
        [one] { $count } flux est traité avec précaution
       *[other] { $count } flux sont traités avec précaution
    }
doubt-interrupted =
    { PLURAL($count) ->
        [one] { $count } flux a été en panne un moment
       *[other] { $count } flux ont été en panne un moment
    }
doubt-not-delivered =
    { PLURAL($count) ->
        [one] { $count } message précédent n’a pas pu être remis
       *[other] { $count } messages précédents n’ont pas pu être remis
    }

## How much is here

more-topics =
    { PLURAL($count) ->
        [one] { $count } autre thème
       *[other] { $count } autres thèmes
    }
more-feeds =
    { PLURAL($count) ->
        [one] { $count } autre flux
       *[other] { $count } autres flux
    }
no-topic = Divers
no-place = Aucun lieu nommé
kept-out = Ce qui a été trouvé ne figure pas dans ce message. Lisez-le sur la machine où tourne newsvigil : { $command }.
refused-words = Le serveur de messagerie a refusé ce message pour son contenu ; hormis les titres, les mots des flux en sont donc absents. { $command } montre tout.
refused-all-but-headline = Le serveur de messagerie a refusé ce message pour son contenu ; il n’y reste donc que le titre. { $command } montre tout.
refused-everything = Le serveur de messagerie a refusé les mots de ce qui a été trouvé ; { $command } montre tout.
item-numbers =
    { PLURAL($count) ->
        [one] Article { $numbers }.
       *[other] Articles { $numbers }.
    }
in-full = En entier : { $count }.
as-headlines = En titres : { $count }.
by-count = En nombre : { $count }.
attached = Pièce jointe : { $file }, avec tous les résultats : { $total }.
attached-in-part = Pièce jointe : { $file }, avec les { $shown } résultats les plus récents sur { $total }. { $command } les énumère tous.
