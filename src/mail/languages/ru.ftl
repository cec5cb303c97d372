# What mails say, in Russian. The categories of numbers: one (1, 21), few (2, 22), many (0, 5, 11), other (fractions).

## Names and marks

months = янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.
weekdays = пн вт ср чт пт сб вс
date-time = { $weekday }, { $day } { $month } { $year } г., { $time } { $zone }
short-date-time = { $weekday }, { $day } { $month }, { $time }
comma = { ", " }
and = { " и " }
semicolon = { "; " }
colon = { ": " }
quoted = «{ $text }»

## The head

new-items =
    { PLURAL($count) ->
        [one] { $count } новый материал
        [few] { $count } новых материала
        [many] { $count } новых материалов
       *[other] { $count } нового материала
    }
new-items-in-topics =
    { PLURAL($count) ->
        [one] { $count } новый материал
        [few] { $count } новых материала
        [many] { $count } новых материалов
       *[other] { $count } нового материала
    } по { PLURAL($topics) ->
        [one] { $topics } теме
        [few] { $topics } темам
        [many] { $topics } темам
       *[other] { $topics } темы
    }
new-stories =
    { PLURAL($count) ->
        [one] { $count } новый сюжет
        [few] { $count } новых сюжета
        [many] { $count } новых сюжетов
       *[other] { $count } нового сюжета
    } ({ PLURAL($items) ->
        [one] { $items } материал
        [few] { $items } материала
        [many] { $items } материалов
       *[other] { $items } материала
    })
new-stories-in-topics =
    { PLURAL($count) ->
        [one] { $count } новый сюжет
        [few] { $count } новых сюжета
        [many] { $count } новых сюжетов
       *[other] { $count } нового сюжета
    } ({ PLURAL($items) ->
        [one] { $items } материал
        [few] { $items } материала
        [many] { $items } материалов
       *[other] { $items } материала
    }) по { PLURAL($topics) ->
        [one] { $topics } теме
        [few] { $topics } темам
        [many] { $topics } темам
       *[other] { $topics } темы
    }
stories-developing =
    { PLURAL($count) ->
        [one] продолжение { $count } прежнего сюжета
        [few] продолжение { $count } прежних сюжетов
        [many] продолжение { $count } прежних сюжетов
       *[other] продолжение { $count } прежнего сюжета
    }
nothing-new = Ничего нового
nothing-new-beside-alerts = Ничего нового, кроме срочных сообщений
items-not-mailed =
    { PLURAL($count) ->
        [one] { $count } материал не удалось отправить
        [few] { $count } материала не удалось отправить
        [many] { $count } материалов не удалось отправить
       *[other] { $count } материала не удалось отправить
    }
alerts-sent-before =
    { PLURAL($count) ->
        [one] { $count } срочное сообщение отправлено раньше
        [few] { $count } срочных сообщения отправлены раньше
        [many] { $count } срочных сообщений отправлено раньше
       *[other] { $count } срочного сообщения отправлено раньше
    }
items-found-later =
    { PLURAL($count) ->
        [one] { $count } материал найден позже
        [few] { $count } материала найдены позже
        [many] { $count } материалов найдено позже
       *[other] { $count } материала найдено позже
    }
items-appeared-at-once =
    { PLURAL($count) ->
        [one] разом появился { $count } старый материал
        [few] разом появились { $count } старых материала
        [many] разом появилось { $count } старых материалов
       *[other] разом появилось { $count } старого материала
    }
unusual =
    Необычно: { PLURAL($count) ->
        [one] { $count } сюжет
        [few] { $count } сюжета
        [many] { $count } сюжетов
       *[other] { $count } сюжета
    } под рубрикой «{ $name }» за { $day }, а обычно в этот день недели { $habit } (за { $weeks } недель до того)
unusual-more =
    { PLURAL($count) ->
        [one] Необычным был ещё { $count } день какого-либо правила или места.
        [few] Необычными были ещё { $count } дня разных правил и мест.
        [many] Необычными были ещё { $count } дней разных правил и мест.
       *[other] Необычными были ещё { $count } дня разных правил и мест.
    }
digest-for-alerts = За час накопилось столько срочных сообщений, что их заменяет эта сводка.

## Subjects

new =
    { PLURAL($count) ->
        [one] { $count } новый
        [few] { $count } новых
        [many] { $count } новых
       *[other] { $count } нового
    }
feeds-polled =
    { PLURAL($count) ->
        [one] опрошена { $count } лента
        [few] опрошены { $count } ленты
        [many] опрошено { $count } лент
       *[other] опрошено { $count } ленты
    }
no-feed-polled = Ни одна лента не опрошена
silent-for-long =
    { PLURAL($count) ->
        [one] { $count } давно молчит
        [few] { $count } давно молчат
        [many] { $count } давно молчат
       *[other] { $count } давно молчит
    }
watches-muted =
    { PLURAL($count) ->
        [one] { $count } правило приглушено
        [few] { $count } правила приглушены
        [many] { $count } правил приглушено
       *[other] { $count } правила приглушено
    }
corrected = Исправлено: { $title }

## What may be missing

complete =
    { PLURAL($count) ->
        [one] Полно: прочитана { $count } лента, все работают
        [few] Полно: прочитаны { $count } ленты, все работают
        [many] Полно: прочитано { $count } лент, все работают
       *[other] Полно: прочитано { $count } ленты, все работают
    }
not-complete = Неполно: { $doubts }
doubt-failing =
    { PLURAL($count) ->
        [one] { $count } лента не работает
        [few] { $count } ленты не работают
        [many] { $count } лент не работают
       *[other] { $count } ленты не работает
    }
doubt-not-read-whole =
    { PLURAL($count) ->
        [one] { $count } ленту не удалось прочесть целиком
        [few] { $count } ленты не удалось прочесть целиком
        [many] { $count } лент не удалось прочесть целиком
       *[other] { $count } ленты не удалось прочесть целиком
    }
doubt-possibly-missed =
    { PLURAL($count) ->
        [one] { $count } лента могла потерять материалы между двумя опросами
        [few] { $count } ленты могли потерять материалы между двумя опросами
        [many] { $count } лент могли потерять материалы между двумя опросами
       *[other] { $count } ленты могло потерять материалы между двумя опросами
    }
doubt-handled-with-care =
    { PLURAL($count) ->
        [one] { $count } лента требует осторожности
        [few] { $count } ленты требуют осторожности
        [many] { $count } лент требуют осторожности
       *[other] { $count } ленты требует осторожности
    }
doubt-interrupted =
    { PLURAL($count) ->
        [one] { $count } лента какое-то время не работала
        [few] { $count } ленты какое-то время не работали
        [many] { $count } лент какое-то время не работали
       *[other] { $count } ленты какое-то время не работало
    }
doubt-not-delivered =
    { PLURAL($count) ->
        [one] { $count } прежнее письмо не удалось доставить
        [few] { $count } прежних письма не удалось доставить
        [many] { $count } прежних писем не удалось доставить
       *[other] { $count } прежнего письма не удалось доставить
    }

## How much is here

more-topics =
    { PLURAL($count) ->
        [one] ещё { $count } тема
        [few] ещё { $count } темы
        [many] ещё { $count } тем
       *[other] ещё { $count } темы
    }
more-feeds =
    { PLURAL($count) ->
        [one] ещё { $count } лента
        [few] ещё { $count } ленты
        [many] ещё { $count } лент
       *[other] ещё { $count } ленты
    }
no-topic = Прочее
no-place = Место не названо
kept-out = Найденное не включено в это письмо. Прочтите его на машине, где работает newsvigil: { $command }.
refused-words = Почтовый сервер отверг это письмо из-за содержания, поэтому из слов лент остались только заголовки; { $command } показывает всё.
refused-all-but-headline = Почтовый сервер отверг это письмо из-за содержания, поэтому здесь только заголовок; { $command } показывает всё.
refused-everything = Почтовый сервер отверг слова найденного; { $command } показывает всё.
item-numbers =
    { PLURAL($count) ->
        [one] Материал { $numbers }.
        [few] Материалы { $numbers }.
        [many] Материалы { $numbers }.
       *[other] Материалы { $numbers }.
    }
in-full = Полностью: { $count }.
as-headlines = Заголовками: { $count }.
by-count = Только сосчитаны: { $count }.
attached = Приложение: { $file }, в нём все находки: { $total }.
attached-in-part = Приложение: { $file }, в нём новейшие находки: { $shown } из { $total }. { $command } перечисляет все.
told-by-count = Только сосчитаны
no-room = Для них здесь нет места. { $command } перечисляет каждый, как и всё остальное, о чём говорит это письмо.
by-topic = По темам
appeared-at-once = Появились разом
not-there-before = Они старые, и раньше их в лентах не было. { $command } перечисляет каждый.
part-of = { $shown } из { $total }

## Items

headlines = Заголовки
urgent = Срочно: { $topic }
urgent-stories = Срочно
developing = Продолжение того, о чём сообщалось
found-later = Найдены позже
found-by-edited-watch = Их нашло в сохранённом правило, которое с тех пор написано или изменено.
sent-before = Отправлены раньше как срочные
more-listed = И ещё { $count }: см. { $command }.
undated = без даты, впервые замечено { $time }
revised = изменено
matched-by = Отвечает правилу
matched-words = Найдено по словам
found-in-article = Найдено в тексте статьи, а не в том, что сообщает лента.
in-article = (в тексте статьи, а не в том, что сообщает лента)
more-watches =
    { PLURAL($count) ->
        [one] и ещё { $count } правилу
        [few] и ещё { $count } правилам
        [many] и ещё { $count } правилам
       *[other] и ещё { $count } правила
    }
first-reported = Первым сообщило издание { $outlet }, { $time }.
own-words =
    { PLURAL($count) ->
        [one] { $count } издание своими словами
        [few] { $count } издания своими словами
        [many] { $count } изданий своими словами
       *[other] { $count } издания своими словами
    }
one-text =
    { PLURAL($count) ->
        [one] { $count } повторяет один текст
        [few] { $count } повторяют один текст
        [many] { $count } повторяют один текст
       *[other] { $count } повторяет один текст
    }
outlets-carry-one-text =
    { PLURAL($count) ->
        [one] { $count } издание повторяет один текст
        [few] { $count } издания повторяют один текст
        [many] { $count } изданий повторяют один текст
       *[other] { $count } издания повторяет один текст
    }
items-in-all =
    { PLURAL($count) ->
        [one] Всего { $count } материал.
        [few] Всего { $count } материала.
        [many] Всего { $count } материалов.
       *[other] Всего { $count } материала.
    }
also-in = Также в:
same-text-in = Тот же текст в:
more-reports = Ещё сообщения:
also-in-languages = Также на других языках: { $languages }.
also-matched-by = Также найдено по правилам: { $watches }.
also-under = Также по теме: { $topics }.
and-outlets =
    { PLURAL($count) ->
        [one] +{ $count } издание
        [few] +{ $count } издания
        [many] +{ $count } изданий
       *[other] +{ $count } издания
    }
and-items =
    { PLURAL($count) ->
        [one] +{ $count } материал
        [few] +{ $count } материала
        [many] +{ $count } материалов
       *[other] +{ $count } материала
    }
more-outlets =
    { PLURAL($count) ->
        [one] ещё { $count } издание
        [few] ещё { $count } издания
        [many] ещё { $count } изданий
       *[other] ещё { $count } издания
    }
more-items =
    { PLURAL($count) ->
        [one] ещё { $count } материал
        [few] ещё { $count } материала
        [many] ещё { $count } материалов
       *[other] ещё { $count } материала
    }
item-number = Материал { $item }.

## Topics of the watches that come with newsvigil

topic-assembly = Собрания и протест
topic-cases = Имена и дела
topic-children = Права ребёнка
topic-defenders = Правозащитники
topic-detention = Задержания и справедливый суд
topic-digital = Слежка и цифровые права
topic-disappearance = Исчезновения и похищения
topic-discrimination = Дискриминация и ненависть
topic-expression = Пресса и свобода слова
topic-indigenous = Коренные народы и земля
topic-justice = Правосудие и безнаказанность
topic-killings = Убийства и смертная казнь
topic-labour = Рабство, торговля людьми и труд
topic-lgbti = Права ЛГБТИ
topic-refugees = Беженцы и мигранты
topic-social-rights = Жильё, здоровье и вода
topic-torture = Пытки и жестокое обращение
topic-war-crimes = Военные преступления и геноцид
topic-women = Права женщин

## Languages, as “also-in-languages” names them

language-ar = арабский
language-bn = бенгальский
language-de = немецкий
language-en = английский
language-es = испанский
language-fa = персидский
language-fr = французский
language-hi = хинди
language-id = индонезийский
language-it = итальянский
language-ja = японский
language-ko = корейский
language-pl = польский
language-pt = португальский
language-ru = русский
language-sw = суахили
language-th = тайский
language-tr = турецкий
language-uk = украинский
language-zh = китайский

## The foot

how-complete = Насколько это полно
polled =
    { PLURAL($count) ->
        [one] Опрошена { $count } лента
        [few] Опрошены { $count } ленты
        [many] Опрошено { $count } лент
       *[other] Опрошено { $count } ленты
    }
polled-since =
    { PLURAL($count) ->
        [one] С { $since } опрошена { $count } лента
        [few] С { $since } опрошены { $count } ленты
        [many] С { $since } опрошено { $count } лент
       *[other] С { $since } опрошено { $count } ленты
    }
nothing-polled = За это время ни одна лента не опрошена: молчание ничего не значит.
nothing-missing = Все работают, и о пропусках ничего не известно.
feeds-silent =
    { PLURAL($count) ->
        [one] { $count } лента молчит дольше обычного.
        [few] { $count } ленты молчат дольше обычного.
        [many] { $count } лент молчат дольше обычного.
       *[other] { $count } ленты молчит дольше обычного.
    }
watches-are-muted =
    { PLURAL($count) ->
        [one] { $count } правило приглушено.
        [few] { $count } правила приглушены.
        [many] { $count } правил приглушено.
       *[other] { $count } правила приглушено.
    }
failing = Не работают
not-read-whole = Прочитаны не целиком
possibly-missed = Возможно, пропущены материалы
handled-with-care = Требуют осторожности
interrupted = Какое-то время не работали, теперь снова работают
silent = Молчат дольше обычного
never-readable = Страницы, которые никогда не удаётся прочесть
muted = Приглушены
no-longer-muted = Больше не приглушены
muted-until =
    { PLURAL($count) ->
        [one] до { $until }, удержано { $count } совпадение
        [few] до { $until }, удержано { $count } совпадения
        [many] до { $until }, удержано { $count } совпадений
       *[other] до { $until }, удержано { $count } совпадения
    }
not-delivered = Письма, которые не удалось доставить
queued = в очереди с { $since }
queued-since = в очереди начиная с { $since }
since = с { $since }
since-at-the-earliest = самое раннее с { $since }
until = до { $until }
until-at-the-latest = самое позднее до { $until }
several-feeds =
    { PLURAL($count) ->
        [one] { $count } лента
        [few] { $count } ленты
        [many] { $count } лент
       *[other] { $count } ленты
    }
several-recipients =
    { PLURAL($count) ->
        [one] { $count } получатель
        [few] { $count } получателя
        [many] { $count } получателей
       *[other] { $count } получателя
    }
several-mails =
    { PLURAL($count) ->
        [one] { $count } письмо
        [few] { $count } письма
        [many] { $count } писем
       *[other] { $count } письма
    }
more-names =
    { PLURAL($count) ->
        [one] ещё { $count }
        [few] ещё { $count }
        [many] ещё { $count }
       *[other] ещё { $count }
    }
as-of = По состоянию на { $time }.
covers = Охвачено время с { $from } по { $to }.
covers-everything = Охвачено всё по { $to }.
times-of-zone = Время указано по поясу { $zone }.
mail-number = Письмо { $number }: { $command }
to-receive-less = Чтобы получать меньше или ничего, напишите на { $address }.

## How the pages behind items were read

pages-behind-items = Страницы материалов: { $reading }.
pages-read-whole =
    { PLURAL($count) ->
        [one] целиком прочитана { $count }
        [few] целиком прочитаны { $count }
        [many] целиком прочитано { $count }
       *[other] целиком прочитано { $count }
    }
no-page-read-whole = ни одна не прочитана целиком
pages-by-feed-text =
    { PLURAL($count) ->
        [one] { $count } только по тексту ленты: { $causes }
        [few] { $count } только по тексту ленты: { $causes }
        [many] { $count } только по тексту ленты: { $causes }
       *[other] { $count } только по тексту ленты: { $causes }
    }
pages-waited-for =
    { PLURAL($count) ->
        [one] ожидается ещё { $count } страница
        [few] ожидаются ещё { $count } страницы
        [many] ожидается ещё { $count } страниц
       *[other] ожидается ещё { $count } страницы
    }
pages-of-cause = { $count } { $cause }
page-of-cause = { $cause }
all-of-cause = все { $cause }
page-feed-text = из-за нехватки текста на странице
page-paywalled = из-за платного доступа
page-challenge = из-за проверки на робота
page-consent-wall = из-за запроса согласия
page-script-only = из-за текста, который виден только со скриптами
page-robots = из-за запрета в robots.txt
page-not-html = из-за ссылки не на веб-страницу
page-too-big = из-за размера
page-gone = из-за удалённой страницы
page-unreachable = из-за недоступности
page-not-asked = без запроса страницы

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
week-nothing-to-compare = Сравнить не с чем: ни за одной из восьми предыдущих недель не следили все семь дней.
week-of-weeks = (сравнение по неделям: { $weeks })
week-too-little =
    { PLURAL($count) ->
        [one] Сравнить почти не с чем: из восьми предыдущих недель полная { $count }, а нужно четыре.
        [few] Сравнить почти не с чем: из восьми предыдущих недель полных { $count }, а нужно четыре.
        [many] Сравнить почти не с чем: из восьми предыдущих недель полных { $count }, а нужно четыре.
       *[other] Сравнить почти не с чем: из восьми предыдущих недель полных { $count }, а нужно четыре.
    }
week-days-missed =
    { PLURAL($count) ->
        [one] Большинство лент читалось только { $count } день из семи, поэтому могло быть и больше.
        [few] Большинство лент читалось только { $count } дня из семи, поэтому могло быть и больше.
        [many] Большинство лент читалось только { $count } дней из семи, поэтому могло быть и больше.
       *[other] Большинство лент читалось только { $count } дня из семи, поэтому могло быть и больше.
    }
week-feeds-missed =
    { PLURAL($count) ->
        [one] { $count } лента из { $all } не читалась ни в один из её дней.
        [few] { $count } ленты из { $all } не читались ни в один из её дней.
        [many] { $count } лент из { $all } не читались ни в один из её дней.
       *[other] { $count } ленты из { $all } не читались ни в один из её дней.
    }
week-feeds-read =
    { PLURAL($count) ->
        [one] Прочитаны все ленты: { $count }.
        [few] Прочитаны все ленты: { $count }.
        [many] Прочитаны все ленты: { $count }.
       *[other] Прочитаны все ленты: { $count }.
    }
week-not-watched = без наблюдения
week-unwatched = Ни одна лента не читалась ни в один из её дней: что произошло за неделю, неизвестно.
week-read-in-part = { $what }, ленты читались { $days } из 7 дней
week-missed = За время с { $first } по { $last } итоги не подводились.
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
week-counted = Сюжет, о котором сообщают многие, считается один раз: в тот день, когда он впервые найден, под той рубрикой, которой он больше всего соответствует, и для каждого места, о котором он.
week-no-places = Сюжетов было слишком много, чтобы определить места всех.
week-bare = Итоги недели
week-feeds = Ленты
week-feeds-new = Прочитаны впервые
week-feeds-gone = Больше не читаются
week-feeds-rates = Больше или меньше материалов, чем обычно
week-rate =
    { PLURAL($count) ->
        [one] { $count } материал
        [few] { $count } материала
        [many] { $count } материалов
       *[other] { $count } материала
    }, а обычно за неделю { $habit }
week-feeds-before =
    { PLURAL($count) ->
        [one] { $count } лента не в порядке ещё с прошлых недель.
        [few] { $count } ленты не в порядке ещё с прошлых недель.
        [many] { $count } лент не в порядке ещё с прошлых недель.
       *[other] { $count } ленты не в порядке ещё с прошлых недель.
    }
week-feeds-same = В лентах ничего не изменилось.

## Notices to operators

health-changed = Состояние лент изменилось
get-no-mail = Не получают писем
in-trouble = С неполадками
fine-again = Снова в порядке
feeds-in-trouble =
    { PLURAL($count) ->
        [one] неполадки у { $count } ленты
        [few] неполадки у { $count } лент
        [many] неполадки у { $count } лент
       *[other] неполадки у { $count } ленты
    }
feeds-fine-again =
    { PLURAL($count) ->
        [one] { $count } лента снова в порядке
        [few] { $count } ленты снова в порядке
        [many] { $count } лент снова в порядке
       *[other] { $count } ленты снова в порядке
    }
feeds-in-trouble-and-fine =
    { PLURAL($count) ->
        [one] неполадки у { $count } ленты, снова в порядке { $fine }
        [few] неполадки у { $count } лент, снова в порядке { $fine }
        [many] неполадки у { $count } лент, снова в порядке { $fine }
       *[other] неполадки у { $count } ленты, снова в порядке { $fine }
    }
recipients-without-mail =
    { PLURAL($count) ->
        [one] { $count } получатель не получает писем
        [few] { $count } получателя не получают писем
        [many] { $count } получателей не получают писем
       *[other] { $count } получателя не получает писем
    }
feeds-never-readable =
    { PLURAL($count) ->
        [one] у { $count } ленты страницы никогда не удаётся прочесть
        [few] у { $count } лент страницы никогда не удаётся прочесть
        [many] у { $count } лент страницы никогда не удаётся прочесть
       *[other] у { $count } ленты страницы никогда не удаётся прочесть
    }
status-shows = { $command } показывает, как всё обстоит. В том, что неисправно, могут быть материалы, которых никто не видит.

## Why a story that was told is told at once again

news-corroborated =
    { PLURAL($count) ->
        [one] Об этом сообщает { $count } независимое издание: { $outlet }.
        [few] Об этом сообщают { $count } независимых издания: { $outlet }.
        [many] Об этом сообщают { $count } независимых изданий: { $outlet }.
       *[other] Об этом сообщают { $count } независимого издания: { $outlet }.
    }
news-victims = Число выросло: погибших или раненых { $counted }, раньше сообщалось о { $told }.
news-victims-first = Теперь с числом: погибших или раненых { $counted }, раньше о них не сообщалось.
news-corrected = Исправлено: { $outlet }.
news-corrected-by = Исправлено ({ $by }): { $outlet }.
changed-became = было «{ $before }», стало «{ $after }»
changed-says = теперь сказано: «{ $words }»
news-watch = Сообщается снова, потому что это нашло другое правило.
news-more = Нового здесь нет. Об этом всё же сообщается, потому что вы не получаете сводок.
news-awaited =
    { PLURAL($count) ->
        [one] Пока сообщает { $count } независимое издание, а правило ждёт { $asked }. Об этом всё же сообщается, потому что вы не получаете сводок.
        [few] Пока сообщают { $count } независимых издания, а правило ждёт { $asked }. Об этом всё же сообщается, потому что вы не получаете сводок.
        [many] Пока сообщают { $count } независимых изданий, а правило ждёт { $asked }. Об этом всё же сообщается, потому что вы не получаете сводок.
       *[other] Пока сообщают { $count } независимого издания, а правило ждёт { $asked }. Об этом всё же сообщается, потому что вы не получаете сводок.
    }
