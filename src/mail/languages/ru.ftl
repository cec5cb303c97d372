# What mails say, in the language of this file.

## The week

day = { $weekday } { $day } { $month }
week-stories =
    { PLURAL($count) ->
        [one] { $count } сюжет
        [few] { $count } сюжета
        [many] { $count } сюжетов
       *[other] { $count } сюжета
    }
week-subject = Неделя с { $first }: { $what }
week-of = { $first } — { $last }: { $what }
week-habit = Обычно за неделю: { $habit }, судя по восьми предыдущим.
week-habit-of-fewer =
    { PLURAL($count) ->
        [one] Обычно за неделю: { $habit }, судя по { $count } из восьми предыдущих, которую можно сравнить.
        [few] Обычно за неделю: { $habit }, судя по { $count } из восьми предыдущих, которые можно сравнить.
        [many] Обычно за неделю: { $habit }, судя по { $count } из восьми предыдущих, которые можно сравнить.
       *[other] Обычно за неделю: { $habit }, судя по { $count } из восьми предыдущих, которые можно сравнить.
    }
week-too-little =
    { PLURAL($count) ->
        [one] Сравнить почти не с чем: из восьми предыдущих недель полная { $count }, а нужно четыре.
        [few] Сравнить почти не с чем: из восьми предыдущих недель полных { $count }, а нужно четыре.
        [many] Сравнить почти не с чем: из восьми предыдущих недель полных { $count }, а нужно четыре.
       *[other] Сравнить почти не с чем: из восьми предыдущих недель полных { $count }, а нужно четыре.
    }
week-days-missed =
    { PLURAL($count) ->
        [one] Ленты читались только { $count } день из семи, поэтому могло быть и больше.
        [few] Ленты читались только { $count } дня из семи, поэтому могло быть и больше.
        [many] Ленты читались только { $count } дней из семи, поэтому могло быть и больше.
       *[other] Ленты читались только { $count } дня из семи, поэтому могло быть и больше.
    }
week-unusual = Необычно
week-unusual-line =
    { $name }: { PLURAL($count) ->
        [one] { $count } сюжет
        [few] { $count } сюжета
        [many] { $count } сюжетов
       *[other] { $count } сюжета
    }, а обычно за неделю { $habit }
week-unusual-none =
    { $name }: { PLURAL($count) ->
        [one] { $count } сюжет
        [few] { $count } сюжета
        [many] { $count } сюжетов
       *[other] { $count } сюжета
    }, а обычно за неделю ни одного
week-by-place = По местам
week-usually = обычно { $habit }
week-more-places =
    { PLURAL($count) ->
        [one] ещё { $count } место
        [few] ещё { $count } места
        [many] ещё { $count } мест
       *[other] ещё { $count } места
    }
week-counted = Сюжет, о котором сообщают многие, считается один раз; если в нём несколько мест, он считается для каждого.
week-no-places = Сюжетов было слишком много, чтобы определить места всех.
week-bare = Итоги недели
week-feeds = Ленты
week-feeds-new = Прочитаны впервые
week-feeds-gone = Больше не читаются
week-feeds-rates = Больше или меньше записей, чем обычно
week-rate =
    { PLURAL($count) ->
        [one] { $count } запись
        [few] { $count } записи
        [many] { $count } записей
       *[other] { $count } записи
    }, а обычно за неделю { $habit }
week-feeds-before =
    { PLURAL($count) ->
        [one] { $count } лента не в порядке ещё с прошлых недель.
        [few] { $count } ленты не в порядке ещё с прошлых недель.
        [many] { $count } лент не в порядке ещё с прошлых недель.
       *[other] { $count } ленты не в порядке ещё с прошлых недель.
    }
week-feeds-same = В лентах ничего не изменилось.
