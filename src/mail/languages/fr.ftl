# What mails say, in French. The categories of numbers: one (0 and 1), other.

## Names and marks

months = janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.
weekdays = lun. mar. mer. jeu. ven. sam. dim.
date-time = { $weekday } { $day } { $month } { $year }, { $time } ({ $zone })
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
        [one] du nouveau sur { $count } sujet déjà signalé
       *[other] du nouveau sur { $count } sujets déjà signalés
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
        [one] { $count } article ancien apparu d’un seul coup
       *[other] { $count } articles anciens apparus d’un seul coup
    }
unusual =
    Inhabituel : { PLURAL($count) ->
        [one] { $count } sujet
       *[other] { $count } sujets
    } pour « { $name } » le { $day }, contre { $habit } d’habitude ce jour de la semaine (médiane sur { $weeks } semaines)
unusual-more =
    { PLURAL($count) ->
        [one] { $count } autre jour inhabituel pour une veille ou un lieu.
       *[other] { $count } autres jours inhabituels pour des veilles ou des lieux.
    }
digest-for-alerts = Trop d’alertes étaient à envoyer en une heure : cette synthèse les remplace.

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
        [one] { $count } silencieux depuis longtemps
       *[other] { $count } silencieux depuis longtemps
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
        [one] Complet : { $count } flux lu, sans panne
       *[other] Complet : { $count } flux lus, aucun en panne
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
        [one] { $count } flux a peut-être perdu des articles entre deux relevés
       *[other] { $count } flux ont peut-être perdu des articles entre deux relevés
    }
doubt-handled-with-care =
    { PLURAL($count) ->
        [one] { $count } flux est traité avec précaution
       *[other] { $count } flux sont traités avec précaution
    }
doubt-interrupted =
    { PLURAL($count) ->
        [one] { $count } flux est resté en panne un moment
       *[other] { $count } flux sont restés en panne un moment
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
kept-out = Les résultats ne figurent pas dans ce message. Lisez-les sur la machine où tourne newsvigil : { $command }.
refused-words = Le serveur de messagerie a refusé ce message à cause de son contenu : seuls les titres ont été gardés. { $command } montre tout.
refused-all-but-headline = Le serveur de messagerie a refusé ce message à cause de son contenu : il n’en reste que le titre. { $command } montre tout.
refused-everything = Le serveur de messagerie a refusé le texte des résultats ; { $command } montre tout.
item-numbers =
    { PLURAL($count) ->
        [one] Article { $numbers }.
       *[other] Articles { $numbers }.
    }
in-full = Présentés en entier : { $count }.
as-headlines = Titre seul : { $count }.
by-count = Non détaillés : { $count }.
attached = Pièce jointe : { $file }, avec tous les résultats : { $total }.
attached-in-part = Pièce jointe : { $file }, avec les { $shown } résultats les plus récents sur { $total }. { $command } les donne tous.
told-by-count = Non détaillés
no-room = Ceux-ci ne tiennent pas dans ce message. { $command } en donne la liste, avec tout le reste du message.
by-topic = Par thème
appeared-at-once = Apparus d’un seul coup
not-there-before = Ces articles sont anciens, mais n’étaient pas dans leurs flux auparavant. { $command } en donne la liste.
part-of = { $shown } sur { $total }

## Items

headlines = Titres
urgent = Urgent : { $topic }
urgent-stories = Urgent
developing = Du nouveau sur les sujets déjà signalés
found-later = Trouvés après coup
found-by-edited-watch = Une veille créée ou modifiée depuis les a trouvés parmi les articles enregistrés.
sent-before = Déjà envoyés en alerte
more-listed = Et { $count } de plus : voir { $command }.
undated = sans date, repéré : { $time }
revised = modifié
matched-by = Repéré par
matched-words = Repéré par les mots
found-in-article = Trouvé dans l’article lui-même, pas dans le texte du flux.
in-article = (dans l’article lui-même, pas dans le texte du flux)
more-watches =
    { PLURAL($count) ->
        [one] et { $count } autre veille
       *[other] et { $count } autres veilles
    }
first-reported = Premier à en parler : { $outlet }, { $time }.
own-words =
    { PLURAL($count) ->
        [one] { $count } média en parle dans ses propres termes
       *[other] { $count } médias en parlent dans leurs propres termes
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
also-in = Également dans :
same-text-in = Le même texte dans :
more-reports = Autres articles :
also-in-languages = Également en { $languages }.
also-matched-by = Repéré aussi par : { $watches }.
also-under = Également sous { $topics }.
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

how-complete = Ce message est-il complet ?
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
nothing-polled = Aucun flux n’a été relevé pendant cette période : le silence ne veut rien dire.
nothing-missing = Aucun n’est en panne et, à notre connaissance, rien ne manque.
feeds-silent =
    { PLURAL($count) ->
        [one] { $count } flux est silencieux depuis plus longtemps que d’habitude.
       *[other] { $count } flux sont silencieux depuis plus longtemps que d’habitude.
    }
watches-are-muted =
    { PLURAL($count) ->
        [one] { $count } veille est en sourdine.
       *[other] { $count } veilles sont en sourdine.
    }
held-back =
    { PLURAL($count) ->
        [one] { $count } résultat a été retenu pendant que sa veille était en sourdine
       *[other] { $count } résultats ont été retenus pendant que leurs veilles étaient en sourdine
    }
failing = En panne
not-read-whole = Lus en partie seulement
possibly-missed = Articles peut-être perdus
handled-with-care = Traités avec précaution
interrupted = En panne un moment, rétablis depuis
silent = Silencieux plus longtemps que d’habitude
never-readable = Pages jamais lisibles
muted = En sourdine
no-longer-muted = Ne sont plus en sourdine
muted-until =
    { PLURAL($count) ->
        [one] jusqu’au { $until }, { $count } résultat retenu
       *[other] jusqu’au { $until }, { $count } résultats retenus
    }
not-delivered = Messages qui n’ont pas pu être remis
queued = en attente depuis le { $since }
queued-since = le plus ancien en attente depuis le { $since }
since = depuis le { $since }
since-at-the-earliest = depuis le { $since } au plus tôt
until = jusqu’au { $until }
until-at-the-latest = jusqu’au { $until } au plus tard
several-feeds =
    { PLURAL($count) ->
        [one] { $count } flux
       *[other] { $count } flux
    }
each-of-feeds = { $feeds }, chacun
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
hours =
    { PLURAL($count) ->
        [one] { $count } heure
       *[other] { $count } heures
    }
days =
    { PLURAL($count) ->
        [one] { $count } jour
       *[other] { $count } jours
    }
as-of = Situation au { $time }.
covers = Période couverte : du { $from } au { $to }.
covers-everything = Période couverte : jusqu’au { $to }.
times-of-zone = Fuseau horaire : { $zone }.
mail-number = Message { $number } : { $command }
to-receive-less = Pour recevoir moins de messages, ou ne plus en recevoir, écrivez à { $address }.
feed-gone = son éditeur l’a déclaré terminé (410) ; il n’est plus relevé
feed-silent = silencieux, alors que d’habitude { $habit } au plus séparent deux articles
feed-dead = répond, mais n’a rien de nouveau depuis des semaines
feed-overflowing = publie plus vite qu’il n’était relevé : des articles ont pu manquer ; il est désormais relevé plus souvent
feed-suspected = était en cours de lecture quand newsvigil a été tué ; il est désormais relevé seul
feed-interrupted = était en cours de relevé quand newsvigil a été tué
feed-restless =
    { PLURAL($count) ->
        [one] change tous ses articles à chaque relevé ({ $count } fois de suite) : son texte contient-il un compteur ou l’heure ?
       *[other] change tous ses articles à chaque relevé ({ $count } fois de suite) : son texte contient-il un compteur ou l’heure ?
    }
feed-over-budget =
    { PLURAL($count) ->
        [one] apporte plus qu’un flux ne peut en un jour : { $count } article laissé de côté, repris après minuit UTC s’il y est encore
       *[other] apporte plus qu’un flux ne peut en un jour : { $count } articles laissés de côté, repris après minuit UTC s’ils y sont encore
    }
feed-was-over-budget =
    { PLURAL($count) ->
        [one] a apporté plus qu’un flux ne peut en un jour : { $count } article laissé de côté, repris ensuite
       *[other] a apporté plus qu’un flux ne peut en un jour : { $count } articles laissés de côté, tous repris ensuite
    }
feed-was-over-budget-in-part =
    { PLURAL($count) ->
        [one] a apporté plus qu’un flux ne peut en un jour : { $count } article laissé de côté, dont { $taken } repris ensuite
       *[other] a apporté plus qu’un flux ne peut en un jour : { $count } articles laissés de côté, dont { $taken } repris ensuite
    }
feed-over-budget-gone =
    { PLURAL($count) ->
        [one] { $count } article a disparu avant d’être repris
       *[other] { $count } articles ont disparu avant d’être repris
    }
loss-broken-off-at-once = s’interrompt avant la fin de son premier article
loss-broken-off =
    { PLURAL($count) ->
        [one] s’interrompt après { $count } article
       *[other] s’interrompt après { $count } articles
    }
loss-unread =
    { PLURAL($count) ->
        [one] { $count } article illisible
       *[other] { $count } articles illisibles
    }
loss-surplus =
    { PLURAL($count) ->
        [one] { $count } article laissé de côté, le plus ancien : il y en a plus qu’on n’en garde
       *[other] { $count } articles laissés de côté, les plus anciens : il y en a plus qu’on n’en garde
    }
loss-shortened =
    { PLURAL($count) ->
        [one] { $count } article trop long, dont le texte a été coupé
       *[other] { $count } articles trop longs, dont le texte a été coupé
    }
loss-crowded =
    { PLURAL($count) ->
        [one] { $count } article a plus d’auteurs, de catégories ou de textes qu’on n’en garde
       *[other] { $count } articles ont plus d’auteurs, de catégories ou de textes qu’on n’en garde
    }
loss-garbled =
    { PLURAL($count) ->
        [one] { $count } article contient des caractères illisibles
       *[other] { $count } articles contiennent des caractères illisibles
    }
loss-parts =
    { PLURAL($count) ->
        [one] { $count } partie de son index de plans de site n’a pas pu être lue
       *[other] { $count } parties de son index de plans de site n’ont pas pu être lues
    }
was-failing = était en panne
was-gone = était déclaré terminé
was-silent = était silencieux
was-dead = n’avait rien de nouveau depuis des semaines
was-incomplete = n’était lu qu’en partie
was-overflowing = publiait plus vite qu’il n’était relevé
was-suspected = était en cours de relevé quand newsvigil a été tué
was-over-budget = apportait plus qu’un flux ne peut
was-restless = changeait tous ses articles à chaque relevé
no-mail = aucun message ne peut être composé : { $why }

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
        [one] { $count } connue par le seul texte du flux : { $causes }
       *[other] { $count } connues par le seul texte du flux : { $causes }
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
page-paywalled = sur abonnement
page-challenge = derrière un test anti-robots
page-consent-wall = derrière une demande de consentement
page-script-only = avec un texte qui exige des scripts
page-robots = à cause de robots.txt
page-not-html = sans page web
page-too-big = pour excès de taille
page-gone = à cause d’une page disparue
page-unreachable = sans réponse
page-not-asked = faute de demande
pages-never-read =
    { PLURAL($count) ->
        [one] sa dernière page n’a pas été lue en entier : { $causes } ; { $advice }
       *[other] aucune de ses { $count } dernières pages n’a été lue en entier : { $causes } ; { $advice }
    }
advice-paywalled = avec un abonnement, indiquez « cookie » dans feeds.toml ; articles = "off" met fin aux demandes
advice-selector = « newsvigil article show URL --selector CSS » essaie un « selector » pour feeds.toml ; articles = "off" met fin aux demandes
advice-off = articles = "off" dans feeds.toml met fin aux demandes

## The week

day = { $weekday } { $day } { $month }
week-stories =
    { PLURAL($count) ->
        [one] { $count } sujet
       *[other] { $count } sujets
    }
week-subject = Semaine du { $first } : { $what }
week-of = Du { $first } au { $last } : { $what }
week-habit = Semaine habituelle : { $habit } (médiane des huit précédentes).
week-habit-of-fewer =
    { PLURAL($count) ->
        [one] Semaine habituelle : { $habit } (seule des huit précédentes qui soit comparable).
       *[other] Semaine habituelle : { $habit } (médiane des { $count } comparables parmi les huit précédentes).
    }
week-nothing-to-compare = Pas encore de comparaison possible : aucune des huit semaines précédentes n’a été suivie tous les jours.
week-of-weeks = (médiane sur { $weeks } semaines)
week-too-little =
    { PLURAL($count) ->
        [one] Pas encore de comparaison possible : sur les huit semaines précédentes, { $count } seule a été suivie tous les jours, et il en faut quatre.
       *[other] Pas encore de comparaison possible : sur les huit semaines précédentes, { $count } seulement ont été suivies tous les jours, et il en faut quatre.
    }
week-days-missed =
    { PLURAL($count) ->
        [one] La plupart des flux n’ont été lus que { $count } jour sur 7 : des sujets ont pu échapper à la veille.
       *[other] La plupart des flux n’ont été lus que { $count } jours sur 7 : des sujets ont pu échapper à la veille.
    }
week-no-day-read = Il n’y a pas un jour de la semaine où la plupart des flux aient été lus : des sujets ont pu échapper à la veille.
week-feeds-missed =
    { PLURAL($count) ->
        [one] { $count } flux sur { $all } n’a été lu aucun jour de la semaine.
       *[other] { $count } flux sur { $all } n’ont été lus aucun jour de la semaine.
    }
week-feeds-read =
    { PLURAL($count) ->
        [one] { $count } flux a été lu.
       *[other] Tous les flux ont été lus : { $count }.
    }
week-not-watched = semaine non suivie
week-unwatched = Aucun flux n’a été lu de toute la semaine : on ignore ce qui s’y est passé.
week-read-in-part =
    { $what }, flux lus { PLURAL($days) ->
        [one] { $days } jour
       *[other] { $days } jours
    } sur 7
week-read-on-no-day = { $what }, pas un jour où la plupart des flux aient été lus
week-missed = Période du { $first } au { $last } : aucun bilan n’a été établi.
week-unusual = Inhabituel
week-unusual-line =
    { $name } : { PLURAL($count) ->
        [one] { $count } sujet
       *[other] { $count } sujets
    }, contre { $habit } en semaine habituelle
week-unusual-none =
    { $name } : { PLURAL($count) ->
        [one] { $count } sujet
       *[other] { $count } sujets
    }, contre aucun en semaine habituelle
week-unusual-more = Pour en savoir plus : { $command }
week-by-place = Par lieu
week-usually = d’habitude { $habit }
week-more-places =
    { PLURAL($count) ->
        [one] { $count } autre lieu
       *[other] { $count } autres lieux
    }
week-counted = Quel que soit le nombre de médias qui en parlent, un sujet compte une seule fois : le jour où il a été repéré, dans le thème auquel il correspond le mieux et pour chaque lieu concerné.
week-no-places = Les sujets étaient trop nombreux pour chercher les lieux de chacun.
week-bare = Le bilan de la semaine
week-feeds = Flux
week-feeds-new = Nouveaux
week-feeds-gone = Retirés
week-feeds-rates = Plus ou moins d’articles que d’habitude
week-rate =
    { PLURAL($count) ->
        [one] { $count } article
       *[other] { $count } articles
    }, contre { $habit } en semaine habituelle
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
status-shows = { $command } donne l’état de tout. Un flux en difficulté peut contenir des articles que personne ne voit.

## Why a story that was told is told at once again

news-corroborated =
    { PLURAL($count) ->
        [one] { $count } média indépendant en parle : { $outlet }.
       *[other] { $count } médias indépendants en parlent : { $outlet }.
    }
news-victims =
    Le bilan s’alourdit : { PLURAL($counted) ->
        [one] { $counted } mort ou blessé
       *[other] { $counted } morts ou blessés
    }, contre { PLURAL($told) ->
        [one] { $told } signalé
       *[other] { $told } signalés
    } auparavant.
news-victims-first =
    Premier bilan : { PLURAL($counted) ->
        [one] { $counted } mort ou blessé
       *[other] { $counted } morts ou blessés
    } ; aucun n’avait été signalé.
news-corrected = Corrigé : { $outlet }.
news-corrected-by = Corrigé par { $by } : { $outlet }.
changed-became = avant : « { $before } », maintenant : « { $after } »
changed-says = on y lit désormais « { $words } »
news-watch = Signalé à nouveau, car une autre veille l’a trouvé.
news-more = Rien de nouveau. Il est tout de même signalé, car vous ne recevez pas de synthèses.
news-awaited =
    { PLURAL($count) ->
        [one] { $count } média indépendant en parle pour l’instant, et la veille en demande { $asked }. Il est tout de même signalé, car vous ne recevez pas de synthèses.
       *[other] { $count } médias indépendants en parlent pour l’instant, et la veille en demande { $asked }. Il est tout de même signalé, car vous ne recevez pas de synthèses.
    }
