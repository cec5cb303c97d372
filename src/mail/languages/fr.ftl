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
    Inhabituel : { PLURAL($count) ->
        [one] { $count } sujet
       *[other] { $count } sujets
    } sous « { $name } » le { $day }, contre { $habit } d’habitude ce jour de la semaine (d’après { $weeks } semaines)
unusual-more =
    { PLURAL($count) ->
        [one] { $count } autre jour d’une veille ou d’un lieu a été inhabituel.
       *[other] { $count } autres jours de veilles et de lieux ont été inhabituels.
    }
digest-for-alerts = Il y avait tant d’alertes à envoyer en une heure que cette synthèse les remplace.

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
corrected = Corrigé : { $title }

## What may be missing

complete =
    { PLURAL($count) ->
        [one] Complet : { $count } flux a été lu, et il fonctionne
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
refused-words = Le serveur de messagerie a refusé ce message pour son contenu ; il n’y reste des textes des flux que les titres. { $command } montre tout.
refused-all-but-headline = Le serveur de messagerie a refusé ce message pour son contenu ; il n’y reste donc que le titre. { $command } montre tout.
refused-everything = Le serveur de messagerie a refusé les textes de ce qui a été trouvé ; { $command } montre tout.
item-numbers =
    { PLURAL($count) ->
        [one] Article { $numbers }.
       *[other] Articles { $numbers }.
    }
in-full = Présentés en entier : { $count }.
as-headlines = Par leur titre : { $count }.
by-count = Seulement comptés : { $count }.
attached = Pièce jointe : { $file }, avec tous les résultats : { $total }.
attached-in-part = Pièce jointe : { $file }, avec les { $shown } résultats les plus récents sur { $total }. { $command } les énumère tous.
told-by-count = Seulement comptés
no-room = La place manque pour ceux-ci. { $command } énumère chacun d’eux, et tout ce que dit ce message.
by-topic = Par thème
appeared-at-once = Apparus d’un coup
not-there-before = Ils sont anciens et n’étaient pas dans leurs flux auparavant. { $command } les énumère.
part-of = { $shown } sur { $total }

## Items

headlines = Titres
urgent = Urgent : { $topic }
urgent-stories = Urgent
developing = Du nouveau sur ce qui a été annoncé
found-later = Trouvés après coup
found-by-edited-watch = Une veille écrite ou modifiée depuis les a trouvés parmi ce qui était enregistré.
sent-before = Déjà envoyés en alerte
more-listed = Et { $count } de plus : voir { $command }.
undated = sans date, vu pour la première fois : { $time }
revised = révisé
matched-by = Répond à
matched-words = Mots trouvés
found-in-article = Trouvé dans le texte de l’article, pas dans ce que dit le flux.
in-article = (dans le texte de l’article, pas dans ce que dit le flux)
more-watches =
    { PLURAL($count) ->
        [one] et { $count } autre veille
       *[other] et { $count } autres veilles
    }
first-reported = Annoncé d’abord par { $outlet }, { $time }.
own-words =
    { PLURAL($count) ->
        [one] { $count } média le dit avec ses propres mots
       *[other] { $count } médias le disent avec leurs propres mots
    }
one-text =
    { PLURAL($count) ->
        [one] { $count } reprend un même texte
       *[other] { $count } reprennent un même texte
    }
outlets-carry-one-text =
    { PLURAL($count) ->
        [one] { $count } média reprend un même texte
       *[other] { $count } médias reprennent un même texte
    }
items-in-all =
    { PLURAL($count) ->
        [one] { $count } article en tout.
       *[other] { $count } articles en tout.
    }
also-in = Aussi dans :
same-text-in = Le même texte dans :
more-reports = Autres articles :
also-in-languages = Aussi en { $languages }.
also-matched-by = Répond aussi à : { $watches }.
also-under = Aussi sous { $topics }.
and-outlets =
    { PLURAL($count) ->
        [one] +{ $count } média
       *[other] +{ $count } médias
    }
and-items =
    { PLURAL($count) ->
        [one] +{ $count } article
       *[other] +{ $count } articles
    }
more-outlets =
    { PLURAL($count) ->
        [one] { $count } média de plus
       *[other] { $count } médias de plus
    }
more-items =
    { PLURAL($count) ->
        [one] { $count } article de plus
       *[other] { $count } articles de plus
    }
item-number = Article { $item }.

## Topics of the watches that come with newsvigil

topic-assembly = Réunion et manifestation
topic-cases = Noms et affaires
topic-children = Droits de l’enfant
topic-defenders = Défenseurs des droits humains
topic-detention = Détention et procès équitable
topic-digital = Surveillance et droits numériques
topic-disappearance = Disparitions et enlèvements
topic-discrimination = Discrimination et haine
topic-expression = Presse et liberté d’expression
topic-indigenous = Peuples autochtones et terres
topic-justice = Justice et impunité
topic-killings = Homicides et peine de mort
topic-labour = Esclavage, traite et travail
topic-lgbti = Droits des personnes LGBTI
topic-refugees = Réfugiés et migrants
topic-social-rights = Logement, santé et eau
topic-torture = Torture et mauvais traitements
topic-war-crimes = Crimes de guerre et génocide
topic-women = Droits des femmes

## Languages, as “also-in-languages” names them

language-ar = arabe
language-bn = bengali
language-de = allemand
language-en = anglais
language-es = espagnol
language-fa = persan
language-fr = français
language-hi = hindi
language-id = indonésien
language-it = italien
language-ja = japonais
language-ko = coréen
language-pl = polonais
language-pt = portugais
language-ru = russe
language-sw = swahili
language-th = thaï
language-tr = turc
language-uk = ukrainien
language-zh = chinois

## The foot

how-complete = Est-ce complet ?
polled =
    { PLURAL($count) ->
        [one] { $count } flux a été relevé
       *[other] { $count } flux ont été relevés
    }
polled-since =
    { PLURAL($count) ->
        [one] { $count } flux a été relevé depuis le { $since }
       *[other] { $count } flux ont été relevés depuis le { $since }
    }
nothing-polled = Aucun flux n’a été relevé pendant ce temps : le silence ne veut rien dire.
nothing-missing = Aucun n’est en panne et rien ne manque, à notre connaissance.
feeds-silent =
    { PLURAL($count) ->
        [one] { $count } flux se tait plus longtemps que d’habitude.
       *[other] { $count } flux se taisent plus longtemps que d’habitude.
    }
watches-are-muted =
    { PLURAL($count) ->
        [one] { $count } veille est en sourdine.
       *[other] { $count } veilles sont en sourdine.
    }
failing = En panne
not-read-whole = Pas lus en entier
possibly-missed = Articles peut-être perdus
handled-with-care = Traités avec précaution
interrupted = En panne un moment, de nouveau en marche
silent = Muets plus longtemps que d’habitude
never-readable = Pages jamais lisibles
muted = En sourdine
no-longer-muted = Ne sont plus en sourdine
muted-until =
    { PLURAL($count) ->
        [one] jusqu’au { $until }, { $count } résultat retenu
       *[other] jusqu’au { $until }, { $count } résultats retenus
    }
not-delivered = Messages qui n’ont pas pu être remis
queued = en attente le { $since }
queued-since = en attente depuis le { $since }
since = depuis le { $since }
since-at-the-earliest = au plus tôt depuis le { $since }
until = jusqu’au { $until }
until-at-the-latest = au plus tard jusqu’au { $until }
several-feeds =
    { PLURAL($count) ->
        [one] { $count } flux
       *[other] { $count } flux
    }
several-recipients =
    { PLURAL($count) ->
        [one] { $count } destinataire
       *[other] { $count } destinataires
    }
several-mails =
    { PLURAL($count) ->
        [one] { $count } message
       *[other] { $count } messages
    }
more-names =
    { PLURAL($count) ->
        [one] { $count } autre
       *[other] { $count } autres
    }
as-of = État au { $time }.
covers = Couvre du { $from } au { $to }.
covers-everything = Couvre tout jusqu’au { $to }.
times-of-zone = Les heures sont celles de { $zone }.
mail-number = Message { $number } : { $command }
to-receive-less = Pour recevoir moins, ou plus rien, écrivez à { $address }.

## How the pages behind items were read

pages-behind-items = Pages des articles : { $reading }.
pages-read-whole =
    { PLURAL($count) ->
        [one] { $count } lue en entier
       *[other] { $count } lues en entier
    }
no-page-read-whole = aucune lue en entier
pages-by-feed-text =
    { PLURAL($count) ->
        [one] { $count } par le seul texte du flux : { $causes }
       *[other] { $count } par le seul texte du flux : { $causes }
    }
pages-waited-for =
    { PLURAL($count) ->
        [one] { $count } page est encore attendue
       *[other] { $count } pages sont encore attendues
    }
pages-of-cause = { $count } { $cause }
page-of-cause = { $cause }
all-of-cause = toutes { $cause }
page-feed-text = avec trop peu de texte sur la page
page-paywalled = derrière un péage
page-challenge = derrière un test anti-robots
page-consent-wall = derrière une demande de consentement
page-script-only = avec un texte qui exige des scripts
page-robots = par refus de robots.txt
page-not-html = sans page web
page-too-big = par excès de taille
page-gone = avec une page disparue
page-unreachable = sans réponse
page-not-asked = sans demande faite

## The week

day = { $weekday } { $day } { $month }
week-stories =
    { PLURAL($count) ->
        [one] { $count } sujet
       *[other] { $count } sujets
    }
week-subject = Semaine du { $first } : { $what }
week-of = Du { $first } au { $last } : { $what }
week-habit = Une semaine en compte d’habitude { $habit }, d’après les huit précédentes.
week-habit-of-fewer =
    { PLURAL($count) ->
        [one] Une semaine en compte d’habitude { $habit }, d’après la seule des huit précédentes qui soit comparable.
       *[other] Une semaine en compte d’habitude { $habit }, d’après les { $count } des huit précédentes qui sont comparables.
    }
week-nothing-to-compare = Il n’y a rien à comparer : aucune des huit semaines précédentes n’a été suivie tous ses jours.
week-of-weeks = (d’après { $weeks } semaines)
week-too-little =
    { PLURAL($count) ->
        [one] Il y a trop peu à comparer : des huit semaines précédentes, { $count } est complète, et il en faut quatre.
       *[other] Il y a trop peu à comparer : des huit semaines précédentes, { $count } sont complètes, et il en faut quatre.
    }
week-days-missed =
    { PLURAL($count) ->
        [one] La plupart des flux n’ont été lus que { $count } de ses sept jours : il y en a peut-être eu davantage.
       *[other] La plupart des flux n’ont été lus que { $count } de ses sept jours : il y en a peut-être eu davantage.
    }
week-feeds-missed =
    { PLURAL($count) ->
        [one] { $count } flux sur { $all } n’a été lu aucun de ses jours.
       *[other] { $count } flux sur { $all } n’ont été lus aucun de ses jours.
    }
week-feeds-read =
    { PLURAL($count) ->
        [one] { $count } flux a été lu.
       *[other] Tous les flux ont été lus : { $count }.
    }
week-not-watched = sans veille
week-unwatched = Aucun flux n’a été lu, aucun de ses jours : on ne sait pas ce qui s’y est passé.
week-read-in-part = { $what }, flux lus { $days } jours sur 7
week-missed = Aucun résumé n’a été fait pour la période du { $first } au { $last }.
week-unusual = Inhabituel
week-unusual-line =
    { $name } : { PLURAL($count) ->
        [one] { $count } sujet
       *[other] { $count } sujets
    }, contre { $habit } d’habitude en une semaine
week-unusual-none =
    { $name } : { PLURAL($count) ->
        [one] { $count } sujet
       *[other] { $count } sujets
    }, contre aucun d’habitude en une semaine
week-by-place = Par lieu
week-usually = d’habitude { $habit }
week-more-places =
    { PLURAL($count) ->
        [one] { $count } autre lieu
       *[other] { $count } autres lieux
    }
week-counted = Un sujet que plusieurs médias rapportent compte une fois : le jour où il a été trouvé d’abord, sous le thème auquel il correspond le mieux, et sous chaque lieu qu’il concerne.
week-no-places = Il y a eu trop de sujets pour examiner les lieux de tous.
week-bare = Le résumé de la semaine
week-feeds = Flux
week-feeds-new = Lus pour la première fois
week-feeds-gone = Plus lus
week-feeds-rates = Plus ou moins d’articles que d’habitude
week-rate =
    { PLURAL($count) ->
        [one] { $count } article
       *[other] { $count } articles
    }, contre { $habit } d’habitude en une semaine
week-feeds-before =
    { PLURAL($count) ->
        [one] { $count } flux était en difficulté avant cette semaine et l’est encore.
       *[other] { $count } flux étaient en difficulté avant cette semaine et le sont encore.
    }
week-feeds-same = Rien n’a changé dans les flux.

## Notices to operators

health-changed = L’état des flux a changé
get-no-mail = Ne reçoivent aucun message
in-trouble = En difficulté
fine-again = Rétablis
feeds-in-trouble =
    { PLURAL($count) ->
        [one] { $count } flux est en difficulté
       *[other] { $count } flux sont en difficulté
    }
feeds-fine-again =
    { PLURAL($count) ->
        [one] { $count } flux est rétabli
       *[other] { $count } flux sont rétablis
    }
feeds-in-trouble-and-fine =
    { PLURAL($count) ->
        [one] { $count } flux en difficulté
       *[other] { $count } flux en difficulté
    }, { PLURAL($fine) ->
        [one] { $fine } rétabli
       *[other] { $fine } rétablis
    }
recipients-without-mail =
    { PLURAL($count) ->
        [one] { $count } destinataire ne reçoit aucun message
       *[other] { $count } destinataires ne reçoivent aucun message
    }
feeds-never-readable =
    { PLURAL($count) ->
        [one] { $count } flux a des pages jamais lisibles
       *[other] { $count } flux ont des pages jamais lisibles
    }
status-shows = { $command } montre où en est tout. Ce qui est en difficulté peut contenir des articles que personne ne voit.

## Why a story that was told is told at once again

news-corroborated =
    { PLURAL($count) ->
        [one] { $count } média indépendant en parle : { $outlet }.
       *[other] { $count } médias indépendants en parlent : { $outlet }.
    }
news-victims = Le bilan s’alourdit : { $counted } morts ou blessés, contre { $told } annoncés auparavant.
news-victims-first = Un premier bilan : { $counted } morts ou blessés ; aucun n’avait été annoncé.
news-corrected = Corrigé : { $outlet }.
news-corrected-by = Corrigé par { $by } : { $outlet }.
changed-became = c’était « { $before } », c’est maintenant « { $after } »
changed-says = on y lit maintenant « { $words } »
news-watch = Annoncé à nouveau, car une autre veille l’a trouvé.
news-more = Rien n’y est nouveau. Il est annoncé tout de même, car vous ne recevez pas de synthèses.
news-awaited =
    { PLURAL($count) ->
        [one] { $count } média indépendant en parle jusqu’ici, et sa veille en demande { $asked }. Il est annoncé tout de même, car vous ne recevez pas de synthèses.
       *[other] { $count } médias indépendants en parlent jusqu’ici, et sa veille en demande { $asked }. Il est annoncé tout de même, car vous ne recevez pas de synthèses.
    }
