# What mails say, in the language of this file.

## The week

day = { $weekday } { $day } { $month }
week-stories =
    { PLURAL($count) ->
        [one] { $count } historia
       *[other] { $count } historias
    }
week-subject = Semana del { $first }: { $what }
week-of = Del { $first } al { $last }: { $what }
week-habit = Lo habitual en una semana es { $habit }, según las ocho anteriores.
week-habit-of-fewer =
    { PLURAL($count) ->
        [one] Lo habitual en una semana es { $habit }, según la única de las ocho anteriores que se puede comparar.
       *[other] Lo habitual en una semana es { $habit }, según las { $count } de las ocho anteriores que se pueden comparar.
    }
week-too-little =
    { PLURAL($count) ->
        [one] Hay muy poco con qué comparar: de las ocho semanas anteriores, { $count } está completa, y hacen falta cuatro.
       *[other] Hay muy poco con qué comparar: de las ocho semanas anteriores, { $count } están completas, y hacen falta cuatro.
    }
week-days-missed =
    { PLURAL($count) ->
        [one] Las fuentes se leyeron solo { $count } de sus siete días, así que pudo haber más.
       *[other] Las fuentes se leyeron solo { $count } de sus siete días, así que pudo haber más.
    }
week-unusual = Fuera de lo común
week-unusual-line =
    { $name }: { PLURAL($count) ->
        [one] { $count } historia
       *[other] { $count } historias
    }; lo habitual en una semana: { $habit }
week-unusual-none =
    { $name }: { PLURAL($count) ->
        [one] { $count } historia
       *[other] { $count } historias
    }; lo habitual en una semana: ninguna
week-by-place = Por lugar
week-usually = habitual: { $habit }
week-more-places =
    { PLURAL($count) ->
        [one] { $count } lugar más
       *[other] { $count } lugares más
    }
week-counted = Una historia que muchos cuentan vale por una; si trata de varios lugares, cuenta en cada uno.
week-no-places = Hubo demasiadas historias para examinar los lugares de todas.
week-bare = El resumen de la semana
week-feeds = Fuentes
week-feeds-new = Leídas por primera vez
week-feeds-gone = Ya no se leen
week-feeds-rates = Más o menos entradas de lo habitual
week-rate =
    { PLURAL($count) ->
        [one] { $count } entrada
       *[other] { $count } entradas
    }; lo habitual en una semana: { $habit }
week-feeds-before =
    { PLURAL($count) ->
        [one] { $count } fuente tiene problemas desde antes de esta semana.
       *[other] { $count } fuentes tienen problemas desde antes de esta semana.
    }
week-feeds-same = Nada ha cambiado en las fuentes.
