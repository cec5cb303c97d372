# What mails say, in Russian. The categories of numbers: one (1, 21), few (2, 22), many (0, 5, 11), other (fractions).

## Names and marks

months = янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.
weekdays = пн вт ср чт пт сб вс
date-time = { $day } { $month } { $year } г. ({ $weekday }), { $time } { $zone }
short-date-time = { $day } { $month } ({ $weekday }), { $time }
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
        [one] новое по { $count } прежнему сюжету
        [few] новое по { $count } прежним сюжетам
        [many] новое по { $count } прежним сюжетам
       *[other] новое по { $count } прежнего сюжета
    }
nothing-new = Ничего нового
nothing-new-beside-alerts = Ничего нового, кроме срочных оповещений
items-not-mailed =
    { PLURAL($count) ->
        [one] { $count } материал не удалось отправить
        [few] { $count } материала не удалось отправить
        [many] { $count } материалов не удалось отправить
       *[other] { $count } материала не удалось отправить
    }
alerts-sent-before =
    { PLURAL($count) ->
        [one] { $count } срочное оповещение отправлено раньше
        [few] { $count } срочных оповещения отправлены раньше
        [many] { $count } срочных оповещений отправлено раньше
       *[other] { $count } срочного оповещения отправлено раньше
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
        [one] сразу появился { $count } старый материал
        [few] сразу появились { $count } старых материала
        [many] сразу появилось { $count } старых материалов
       *[other] сразу появилось { $count } старого материала
    }
unusual =
    Необычно: { PLURAL($count) ->
        [one] { $count } сюжет
        [few] { $count } сюжета
        [many] { $count } сюжетов
       *[other] { $count } сюжета
    } — «{ $name }», { $day }; обычно в этот день недели { $habit } (медиана, недель: { $weeks })
unusual-more =
    { PLURAL($count) ->
        [one] Необычным был ещё { $count } день для правила или места.
        [few] Необычными были ещё { $count } дня для разных правил и мест.
        [many] Необычными были ещё { $count } дней для разных правил и мест.
       *[other] Необычными были ещё { $count } дня для разных правил и мест.
    }
digest-for-alerts = За час накопилось столько срочных оповещений, что вместо них отправлена эта сводка.

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
        [one] { $count } правило отключено на время
        [few] { $count } правила отключены на время
        [many] { $count } правил отключено на время
       *[other] { $count } правила отключено на время
    }
corrected = Исправлено: { $title }

## What may be missing

complete =
    { PLURAL($count) ->
        [one] Данные полные: прочитана { $count } лента, сбоев нет
        [few] Данные полные: прочитаны { $count } ленты, сбоев нет
        [many] Данные полные: прочитано { $count } лент, сбоев нет
       *[other] Данные полные: прочитано { $count } ленты, сбоев нет
    }
not-complete = Данные неполные: { $doubts }
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
        [one] в { $count } ленте могли потеряться материалы между двумя опросами
        [few] в { $count } лентах могли потеряться материалы между двумя опросами
        [many] в { $count } лентах могли потеряться материалы между двумя опросами
       *[other] в { $count } ленты могли потеряться материалы между двумя опросами
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
kept-out = Найденное в это письмо не включено. Прочтите его на компьютере, где работает newsvigil: { $command }.
refused-words = Почтовый сервер отклонил это письмо из-за содержания, поэтому оставлены только заголовки; { $command } показывает всё.
refused-all-but-headline = Почтовый сервер отклонил это письмо из-за содержания, поэтому здесь только заголовок; { $command } показывает всё.
refused-everything = Почтовый сервер отклонил тексты найденных материалов; { $command } показывает всё.
item-numbers =
    { PLURAL($count) ->
        [one] Материал { $numbers }.
        [few] Материалы { $numbers }.
        [many] Материалы { $numbers }.
       *[other] Материалы { $numbers }.
    }
in-full = Полностью: { $count }.
as-headlines = Только заголовки: { $count }.
by-count = Только в подсчёте: { $count }.
attached = Вложение: { $file }, в нём все совпадения: { $total }.
attached-in-part = Вложение: { $file }, в нём самые новые совпадения: { $shown } из { $total }. { $command } показывает все.
told-by-count = Только в подсчёте
no-room = Они здесь не поместились. { $command } показывает каждый из них и всё остальное, о чём говорится в письме.
by-topic = По темам
appeared-at-once = Появились все сразу
not-there-before = Это старые материалы, которых раньше в лентах не было. { $command } показывает каждый.
part-of = { $shown } из { $total }

## Items

headlines = Заголовки
urgent = Срочно: { $topic }
urgent-stories = Срочно
developing = Новое по прежним сюжетам
found-later = Найдены позже
found-by-edited-watch = Их нашло среди сохранённых материалов правило, которое написали или изменили позже.
sent-before = Отправлены раньше срочными оповещениями
more-listed = И ещё { $count }: см. { $command }.
undated = без даты, впервые замечено: { $time }
revised = изменено
matched-by = Найдено по правилу
matched-words = Найдено по словам
found-in-article = Найдено в самой статье, а не в тексте ленты.
in-article = (в самой статье, а не в тексте ленты)
more-watches =
    { PLURAL($count) ->
        [one] и ещё { $count } правилу
        [few] и ещё { $count } правилам
        [many] и ещё { $count } правилам
       *[other] и ещё { $count } правила
    }
first-reported = Первое сообщение: { $outlet }, { $time }.
own-words =
    { PLURAL($count) ->
        [one] { $count } издание сообщает своими словами
        [few] { $count } издания сообщают своими словами
        [many] { $count } изданий сообщают своими словами
       *[other] { $count } издания сообщает своими словами
    }
one-text =
    { PLURAL($count) ->
        [one] { $count } повторяет один и тот же текст
        [few] { $count } повторяют один и тот же текст
        [many] { $count } повторяют один и тот же текст
       *[other] { $count } повторяют один и тот же текст
    }
outlets-carry-one-text =
    { PLURAL($count) ->
        [one] { $count } издание повторяет один и тот же текст
        [few] { $count } издания повторяют один и тот же текст
        [many] { $count } изданий повторяют один и тот же текст
       *[other] { $count } издания повторяют один и тот же текст
    }
items-in-all =
    { PLURAL($count) ->
        [one] Всего { $count } материал.
        [few] Всего { $count } материала.
        [many] Всего { $count } материалов.
       *[other] Всего { $count } материала.
    }
also-in = Также:
same-text-in = Тот же текст:
more-reports = Ещё сообщения:
also-in-languages = Также на других языках: { $languages }.
also-matched-by = Также найдено по правилам: { $watches }.
also-under = Также в теме: { $topics }.
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

how-complete = Насколько полны данные
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
nothing-polled = За это время ни одна лента не опрошена, поэтому молчание ничего не значит.
nothing-missing = Сбоев нет; о пропусках ничего не известно.
feeds-silent =
    { PLURAL($count) ->
        [one] { $count } лента молчит дольше обычного.
        [few] { $count } ленты молчат дольше обычного.
        [many] { $count } лент молчат дольше обычного.
       *[other] { $count } ленты молчит дольше обычного.
    }
watches-are-muted =
    { PLURAL($count) ->
        [one] { $count } правило отключено на время.
        [few] { $count } правила отключены на время.
        [many] { $count } правил отключено на время.
       *[other] { $count } правила отключено на время.
    }
held-back =
    { PLURAL($count) ->
        [one] { $count } совпадение удержано, пока правило было отключено
        [few] { $count } совпадения удержаны, пока правила были отключены
        [many] { $count } совпадений удержано, пока правила были отключены
       *[other] { $count } совпадения удержано, пока правила были отключены
    }
failing = Не работают
not-read-whole = Прочитаны не целиком
possibly-missed = Могли быть пропущены материалы
handled-with-care = Требуют осторожности
interrupted = Какое-то время не работали, сейчас работают
silent = Молчат дольше обычного
never-readable = Страницы, которые никогда не удаётся прочесть
muted = Отключены на время
no-longer-muted = Снова включены
muted-until =
    { PLURAL($count) ->
        [one] до { $until }, удержано { $count } совпадение
        [few] до { $until }, удержано { $count } совпадения
        [many] до { $until }, удержано { $count } совпадений
       *[other] до { $until }, удержано { $count } совпадения
    }
not-delivered = Письма, которые не удалось доставить
queued = в очереди с { $since }
queued-since = самое раннее в очереди с { $since }
since = с { $since }
since-at-the-earliest = с { $since } или позже
until = до { $until }
until-at-the-latest = не позже { $until }
several-feeds =
    { PLURAL($count) ->
        [one] { $count } лента
        [few] { $count } ленты
        [many] { $count } лент
       *[other] { $count } ленты
    }
each-of-feeds = { $feeds }, каждая
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
hours =
    { PLURAL($count) ->
        [one] { $count } часа
        [few] { $count } часов
        [many] { $count } часов
       *[other] { $count } часа
    }
days =
    { PLURAL($count) ->
        [one] { $count } дня
        [few] { $count } дней
        [many] { $count } дней
       *[other] { $count } дня
    }
as-of = По состоянию на { $time }.
covers = Период: с { $from } по { $to }.
covers-everything = Период: всё по { $to }.
times-of-zone = Часовой пояс: { $zone }.
mail-number = Письмо { $number }: { $command }
to-receive-less = Чтобы получать меньше писем или не получать их вовсе, напишите на { $address }.
feed-gone = издатель сообщил, что ленты больше нет (410); она больше не опрашивается
feed-silent = молчит, хотя обычно между двумя материалами проходит не больше { $habit }
feed-dead = отвечает, но уже несколько недель в ней ничего нового
feed-overflowing = публикует быстрее, чем её опрашивали: материалы могли быть пропущены; теперь она опрашивается чаще
feed-suspected = читалась, когда newsvigil был принудительно завершён; теперь она опрашивается отдельно
feed-interrupted = опрашивалась, когда newsvigil был принудительно завершён
feed-restless =
    { PLURAL($count) ->
        [one] при каждом опросе меняет все материалы ({ $count } раз подряд): нет ли в её тексте счётчика или времени?
        [few] при каждом опросе меняет все материалы ({ $count } раза подряд): нет ли в её тексте счётчика или времени?
        [many] при каждом опросе меняет все материалы ({ $count } раз подряд): нет ли в её тексте счётчика или времени?
       *[other] при каждом опросе меняет все материалы ({ $count } раза подряд): нет ли в её тексте счётчика или времени?
    }
feed-over-budget =
    { PLURAL($count) ->
        [one] даёт больше, чем ленте разрешено за день: { $count } материал отложен до полуночи UTC, если останется в ленте
        [few] даёт больше, чем ленте разрешено за день: { $count } материала отложены до полуночи UTC, если останутся в ленте
        [many] даёт больше, чем ленте разрешено за день: { $count } материалов отложено до полуночи UTC, если останутся в ленте
       *[other] даёт больше, чем ленте разрешено за день: { $count } материала отложено до полуночи UTC, если останутся в ленте
    }
feed-was-over-budget =
    { PLURAL($count) ->
        [one] дала больше, чем ленте разрешено за день: { $count } материал был отложен и взят позже
        [few] дала больше, чем ленте разрешено за день: { $count } материала были отложены, и все взяты позже
        [many] дала больше, чем ленте разрешено за день: { $count } материалов было отложено, и все взяты позже
       *[other] дала больше, чем ленте разрешено за день: { $count } материала были отложены, и все взяты позже
    }
feed-was-over-budget-in-part =
    { PLURAL($count) ->
        [one] дала больше, чем ленте разрешено за день: { $count } материал был отложен, взято позже: { $taken }
        [few] дала больше, чем ленте разрешено за день: { $count } материала были отложены, взято позже: { $taken }
        [many] дала больше, чем ленте разрешено за день: { $count } материалов было отложено, взято позже: { $taken }
       *[other] дала больше, чем ленте разрешено за день: { $count } материала были отложены, взято позже: { $taken }
    }
feed-over-budget-gone =
    { PLURAL($count) ->
        [one] { $count } материал исчез прежде, чем его удалось взять
        [few] { $count } материала исчезли прежде, чем их удалось взять
        [many] { $count } материалов исчезло прежде, чем их удалось взять
       *[other] { $count } материала исчезли прежде, чем их удалось взять
    }
loss-broken-off-at-once = обрывается раньше конца первого материала
loss-broken-off =
    { PLURAL($count) ->
        [one] обрывается после { $count } материала
        [few] обрывается после { $count } материалов
        [many] обрывается после { $count } материалов
       *[other] обрывается после { $count } материала
    }
loss-unread =
    { PLURAL($count) ->
        [one] { $count } материал не удалось прочесть
        [few] { $count } материала не удалось прочесть
        [many] { $count } материалов не удалось прочесть
       *[other] { $count } материала не удалось прочесть
    }
loss-surplus =
    { PLURAL($count) ->
        [one] опущен { $count } самый старый материал: их больше, чем хранится
        [few] опущены { $count } самых старых материала: их больше, чем хранится
        [many] опущено { $count } самых старых материалов: их больше, чем хранится
       *[other] опущено { $count } самого старого материала: их больше, чем хранится
    }
loss-shortened =
    { PLURAL($count) ->
        [one] { $count } материал так длинен, что текст урезан
        [few] { $count } материала так длинны, что тексты урезаны
        [many] { $count } материалов так длинны, что тексты урезаны
       *[other] { $count } материала так длинны, что тексты урезаны
    }
loss-crowded =
    { PLURAL($count) ->
        [one] в { $count } материале больше авторов, рубрик или текстов, чем хранится
        [few] в { $count } материалах больше авторов, рубрик или текстов, чем хранится
        [many] в { $count } материалах больше авторов, рубрик или текстов, чем хранится
       *[other] в { $count } материала больше авторов, рубрик или текстов, чем хранится
    }
loss-garbled =
    { PLURAL($count) ->
        [one] в { $count } материале нечитаемые символы
        [few] в { $count } материалах нечитаемые символы
        [many] в { $count } материалах нечитаемые символы
       *[other] в { $count } материала нечитаемые символы
    }
loss-parts =
    { PLURAL($count) ->
        [one] { $count } часть её индекса карт сайта не удалось прочесть
        [few] { $count } части её индекса карт сайта не удалось прочесть
        [many] { $count } частей её индекса карт сайта не удалось прочесть
       *[other] { $count } части её индекса карт сайта не удалось прочесть
    }
was-failing = раньше не работала
was-gone = раньше считалась закрытой
was-silent = раньше молчала
was-dead = раньше неделями не было ничего нового
was-incomplete = раньше читалась не целиком
was-overflowing = раньше публиковала быстрее, чем её опрашивали
was-suspected = опрашивалась, когда newsvigil был принудительно завершён
was-over-budget = раньше давала больше, чем ленте разрешено
was-restless = раньше при каждом опросе меняла все материалы
no-mail = письмо составить не удаётся: { $why }

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
        [one] { $count } — только по тексту ленты: { $causes }
        [few] { $count } — только по тексту ленты: { $causes }
        [many] { $count } — только по тексту ленты: { $causes }
       *[other] { $count } — только по тексту ленты: { $causes }
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
page-script-only = из-за текста, видимого только со скриптами
page-robots = из-за запрета в robots.txt
page-not-html = из-за ссылки не на веб-страницу
page-too-big = из-за размера
page-gone = из-за удалённой страницы
page-unreachable = из-за недоступности
page-not-asked = без запроса страницы
pages-never-read =
    { PLURAL($count) ->
        [one] из последних её страниц ({ $count }) ни одна не прочитана целиком: { $causes }; { $advice }
        [few] из последних её страниц ({ $count }) ни одна не прочитана целиком: { $causes }; { $advice }
        [many] из последних её страниц ({ $count }) ни одна не прочитана целиком: { $causes }; { $advice }
       *[other] из последних её страниц ({ $count }) ни одна не прочитана целиком: { $causes }; { $advice }
    }
advice-paywalled = при наличии подписки задайте «cookie» в feeds.toml; articles = "off" прекращает запросы
advice-selector = «newsvigil article show URL --selector CSS» проверяет «selector» для feeds.toml; articles = "off" прекращает запросы
advice-off = articles = "off" в feeds.toml прекращает запросы

## The week

day = { $day } { $month } ({ $weekday })
week-stories =
    { PLURAL($count) ->
        [one] { $count } сюжет
        [few] { $count } сюжета
        [many] { $count } сюжетов
       *[other] { $count } сюжета
    }
week-subject = Неделя с { $first }: { $what }
week-of = С { $first } по { $last }: { $what }
week-habit = В обычную неделю: { $habit } (медиана восьми предыдущих).
week-habit-of-fewer =
    { PLURAL($count) ->
        [one] В обычную неделю: { $habit } (по единственной сопоставимой из восьми предыдущих).
        [few] В обычную неделю: { $habit } (медиана сопоставимых недель: { $count } из восьми предыдущих).
        [many] В обычную неделю: { $habit } (медиана сопоставимых недель: { $count } из восьми предыдущих).
       *[other] В обычную неделю: { $habit } (медиана сопоставимых недель: { $count } из восьми предыдущих).
    }
week-nothing-to-compare = Сравнивать пока не с чем: ни одна из восьми предыдущих недель не отслеживалась все семь дней.
week-of-weeks = (медиана, недель: { $weeks })
week-too-little =
    { PLURAL($count) ->
        [one] Сравнивать пока почти не с чем: все семь дней отслеживалась только { $count } из восьми предыдущих недель, а нужны четыре.
        [few] Сравнивать пока почти не с чем: все семь дней отслеживались только { $count } из восьми предыдущих недель, а нужны четыре.
        [many] Сравнивать пока почти не с чем: все семь дней отслеживались только { $count } из восьми предыдущих недель, а нужны четыре.
       *[other] Сравнивать пока почти не с чем: все семь дней отслеживались только { $count } из восьми предыдущих недель, а нужны четыре.
    }
week-days-missed =
    { PLURAL($count) ->
        [one] Большинство лент читалось только { $count } день из семи, так что сюжетов могло быть и больше.
        [few] Большинство лент читалось только { $count } дня из семи, так что сюжетов могло быть и больше.
        [many] Большинство лент читалось только { $count } дней из семи, так что сюжетов могло быть и больше.
       *[other] Большинство лент читалось только { $count } дня из семи, так что сюжетов могло быть и больше.
    }
week-no-day-read = Ни в один из дней недели большинство лент не читалось, так что сюжетов могло быть и больше.
week-feeds-missed =
    { PLURAL($count) ->
        [one] { $count } лента из { $all } не читалась ни разу за неделю.
        [few] { $count } ленты из { $all } не читались ни разу за неделю.
        [many] { $count } лент из { $all } не читались ни разу за неделю.
       *[other] { $count } ленты из { $all } не читалось ни разу за неделю.
    }
week-feeds-read =
    { PLURAL($count) ->
        [one] Прочитаны все ленты: { $count }.
        [few] Прочитаны все ленты: { $count }.
        [many] Прочитаны все ленты: { $count }.
       *[other] Прочитаны все ленты: { $count }.
    }
week-not-watched = неделя без наблюдения
week-unwatched = Ни одна лента за неделю не читалась: что произошло, неизвестно.
week-read-in-part = { $what }, ленты читались в { $days } из 7 дней
week-read-on-no-day = { $what }, большинство лент не читалось ни в один из дней
week-missed = За период с { $first } по { $last } итоги не подводились.
week-unusual = Необычно
week-unusual-line =
    { $name }: { PLURAL($count) ->
        [one] { $count } сюжет
        [few] { $count } сюжета
        [many] { $count } сюжетов
       *[other] { $count } сюжета
    }, в обычную неделю { $habit }
week-unusual-none =
    { $name }: { PLURAL($count) ->
        [one] { $count } сюжет
        [few] { $count } сюжета
        [many] { $count } сюжетов
       *[other] { $count } сюжета
    }, в обычную неделю ни одного
week-unusual-more = Подробнее: { $command }
week-by-place = По местам
week-usually = обычно { $habit }
week-more-places =
    { PLURAL($count) ->
        [one] ещё { $count } место
        [few] ещё { $count } места
        [many] ещё { $count } мест
       *[other] ещё { $count } места
    }
week-counted = Сколько бы изданий ни сообщало о сюжете, он считается один раз: в день, когда найден, в теме, которой больше всего соответствует, и для каждого места, которого касается.
week-no-places = Сюжетов было слишком много, чтобы определить места каждого.
week-bare = Итоги недели
week-feeds = Ленты
week-feeds-new = Новые
week-feeds-gone = Убраны
week-feeds-rates = Больше или меньше материалов, чем обычно
week-rate =
    { PLURAL($count) ->
        [one] { $count } материал
        [few] { $count } материала
        [many] { $count } материалов
       *[other] { $count } материала
    }, в обычную неделю { $habit }
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
get-no-mail = Не получают письма
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
status-shows = { $command } показывает состояние всего. В лентах с неполадками могут быть материалы, которых никто не видит.

## Why a story that was told is told at once again

news-corroborated =
    { PLURAL($count) ->
        [one] Об этом сообщает { $count } независимое издание: { $outlet }.
        [few] Об этом сообщают { $count } независимых издания: { $outlet }.
        [many] Об этом сообщают { $count } независимых изданий: { $outlet }.
       *[other] Об этом сообщают { $count } независимого издания: { $outlet }.
    }
news-victims = Число погибших и раненых выросло: { $counted }, раньше сообщалось: { $told }.
news-victims-first = Появилось число погибших и раненых: { $counted }, раньше о них не сообщалось.
news-corrected = Исправлено: { $outlet }.
news-corrected-by = Исправлено ({ $by }): { $outlet }.
changed-became = было «{ $before }», стало «{ $after }»
changed-says = теперь сказано: «{ $words }»
news-watch = Сообщаем снова, потому что это нашло другое правило.
news-more = Нового здесь нет. Сообщаем всё равно, потому что вы не получаете сводок.
news-awaited =
    { PLURAL($count) ->
        [one] Пока сообщает { $count } независимое издание, а правило требует { $asked }. Сообщаем всё равно, потому что вы не получаете сводок.
        [few] Пока сообщают { $count } независимых издания, а правило требует { $asked }. Сообщаем всё равно, потому что вы не получаете сводок.
        [many] Пока сообщают { $count } независимых изданий, а правило требует { $asked }. Сообщаем всё равно, потому что вы не получаете сводок.
       *[other] Пока сообщают { $count } независимых издания, а правило требует { $asked }. Сообщаем всё равно, потому что вы не получаете сводок.
    }
