# What mails say, in the language of this file.

## The week

day = { $weekday } { $day } { $month }
week-stories =
    { PLURAL($count) ->
        [one] { $count } sujet
       *[other] { $count } sujets
    }
week-subject = Semaine du { $first } : { $what }
week-of = Du { $first } au { $last } : { $what }
week-habit = Une semaine en compte d’habitude { $habit }, d’après les huit précédentes.
week-habit-of-fewer =
    { PLURAL($count) ->
        [one] Une semaine en compte d’habitude { $habit }, d’après la seule des huit précédentes qui soit comparable.
       *[other] Une semaine en compte d’habitude { $habit }, d’après les { $count } des huit précédentes qui sont comparables.
    }
week-too-little =
    { PLURAL($count) ->
        [one] Il y a trop peu à comparer : des huit semaines précédentes, { $count } est complète, et il en faut quatre.
       *[other] Il y a trop peu à comparer : des huit semaines précédentes, { $count } sont complètes, et il en faut quatre.
    }
week-days-missed =
    { PLURAL($count) ->
        [one] Les flux n’ont été lus que { $count } de ses sept jours : il y en a peut-être eu davantage.
       *[other] Les flux n’ont été lus que { $count } de ses sept jours : il y en a peut-être eu davantage.
    }
week-unusual = Inhabituel
week-unusual-line =
    { $name } : { PLURAL($count) ->
        [one] { $count } sujet
       *[other] { $count } sujets
    }, contre { $habit } d’habitude en une semaine
week-unusual-none =
    { $name } : { PLURAL($count) ->
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
week-counted = Un sujet que plusieurs médias rapportent compte une fois ; s’il concerne plusieurs lieux, il compte pour chacun.
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
