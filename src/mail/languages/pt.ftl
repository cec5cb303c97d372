# What mails say, in the language of this file.

## The week

day = { $weekday } { $day } { $month }
week-stories =
    { PLURAL($count) ->
        [one] { $count } história
       *[other] { $count } histórias
    }
week-subject = Semana de { $first }: { $what }
week-of = De { $first } a { $last }: { $what }
week-habit = O habitual numa semana é { $habit }, pelas oito anteriores.
week-habit-of-fewer =
    { PLURAL($count) ->
        [one] O habitual numa semana é { $habit }, pela única das oito anteriores que se pode comparar.
       *[other] O habitual numa semana é { $habit }, pelas { $count } das oito anteriores que se podem comparar.
    }
week-too-little =
    { PLURAL($count) ->
        [one] Há muito pouco para comparar: das oito semanas anteriores, { $count } está completa, e são precisas quatro.
       *[other] Há muito pouco para comparar: das oito semanas anteriores, { $count } estão completas, e são precisas quatro.
    }
week-days-missed =
    { PLURAL($count) ->
        [one] As fontes foram lidas só em { $count } dos seus sete dias, por isso pode ter havido mais.
       *[other] As fontes foram lidas só em { $count } dos seus sete dias, por isso pode ter havido mais.
    }
week-unusual = Fora do comum
week-unusual-line =
    { $name }: { PLURAL($count) ->
        [one] { $count } história
       *[other] { $count } histórias
    }; o habitual numa semana: { $habit }
week-unusual-none =
    { $name }: { PLURAL($count) ->
        [one] { $count } história
       *[other] { $count } histórias
    }; o habitual numa semana: nenhuma
week-by-place = Por lugar
week-usually = habitual: { $habit }
week-more-places =
    { PLURAL($count) ->
        [one] mais { $count } lugar
       *[other] mais { $count } lugares
    }
week-counted = Uma história que muitos contam vale por uma; se trata de vários lugares, conta em cada um.
week-no-places = Houve histórias demais para examinar os lugares de todas.
week-bare = O resumo da semana
week-feeds = Fontes
week-feeds-new = Lidas pela primeira vez
week-feeds-gone = Já não são lidas
week-feeds-rates = Mais ou menos itens do que o habitual
week-rate =
    { PLURAL($count) ->
        [one] { $count } item
       *[other] { $count } itens
    }; o habitual numa semana: { $habit }
week-feeds-before =
    { PLURAL($count) ->
        [one] { $count } fonte tem problemas desde antes desta semana.
       *[other] { $count } fontes têm problemas desde antes desta semana.
    }
week-feeds-same = Nada mudou nas fontes.
