# What mails say, in Spanish. The categories of numbers: one, other.

## Names and marks

months = ene feb mar abr may jun jul ago sept oct nov dic
weekdays = lun mar mié jue vie sáb dom
date-time = { $weekday }, { $day } { $month } { $year }, { $time } { $zone }
short-date-time = { $weekday }, { $day } { $month }, { $time }
comma = { ", " }
# Before the sound of an i it becomes «e»; src/mail/language.rs sees to that.
and = { " y " }
semicolon = { "; " }
colon = { ": " }
quoted = «{ $text }»

## The head

new-items =
    { PLURAL($count) ->
        [one] { $count } noticia nueva
       *[other] { $count } noticias nuevas
    }
new-items-in-topics =
    { PLURAL($count) ->
        [one] { $count } noticia nueva
       *[other] { $count } noticias nuevas
    } en { PLURAL($topics) ->
        [one] { $topics } tema
       *[other] { $topics } temas
    }
new-stories =
    { PLURAL($count) ->
        [one] { $count } historia nueva
       *[other] { $count } historias nuevas
    } ({ PLURAL($items) ->
        [one] { $items } noticia
       *[other] { $items } noticias
    })
new-stories-in-topics =
    { PLURAL($count) ->
        [one] { $count } historia nueva
       *[other] { $count } historias nuevas
    } ({ PLURAL($items) ->
        [one] { $items } noticia
       *[other] { $items } noticias
    }) en { PLURAL($topics) ->
        [one] { $topics } tema
       *[other] { $topics } temas
    }
stories-developing =
    { PLURAL($count) ->
        [one] más sobre { $count } historia ya contada
       *[other] más sobre { $count } historias ya contadas
    }
nothing-new = Sin novedades
nothing-new-beside-alerts = Sin novedades aparte de las alertas
items-not-mailed =
    { PLURAL($count) ->
        [one] { $count } noticia no se pudo enviar por correo
       *[other] { $count } noticias no se pudieron enviar por correo
    }
alerts-sent-before =
    { PLURAL($count) ->
        [one] { $count } alerta enviada antes
       *[other] { $count } alertas enviadas antes
    }
items-found-later =
    { PLURAL($count) ->
        [one] { $count } noticia hallada después
       *[other] { $count } noticias halladas después
    }
items-appeared-at-once =
    { PLURAL($count) ->
        [one] { $count } noticia antigua apareció de golpe
       *[other] { $count } noticias antiguas aparecieron de golpe
    }
unusual =
    Fuera de lo común: { PLURAL($count) ->
        [one] { $count } historia
       *[other] { $count } historias
    } en «{ $name }» el { $day }; lo habitual ese día de la semana es { $habit } (según { $weeks } semanas)
unusual-more =
    { PLURAL($count) ->
        [one] Hubo { $count } día más fuera de lo común en una búsqueda o lugar.
       *[other] Hubo { $count } días más fuera de lo común en búsquedas y lugares.
    }
digest-for-alerts = En una hora correspondían tantas alertas que este resumen las sustituye.

## Subjects

new =
    { PLURAL($count) ->
        [one] { $count } nueva
       *[other] { $count } nuevas
    }
feeds-polled =
    { PLURAL($count) ->
        [one] { $count } fuente consultada
       *[other] { $count } fuentes consultadas
    }
no-feed-polled = No se consultó ninguna fuente
silent-for-long =
    { PLURAL($count) ->
        [one] { $count } callada desde hace tiempo
       *[other] { $count } calladas desde hace tiempo
    }
watches-muted =
    { PLURAL($count) ->
        [one] { $count } búsqueda silenciada
       *[other] { $count } búsquedas silenciadas
    }
corrected = Corregido: { $title }

## What may be missing

complete =
    { PLURAL($count) ->
        [one] Completo: se leyó { $count } fuente, y funciona
       *[other] Completo: se leyeron { $count } fuentes y ninguna falla
    }
not-complete = Incompleto: { $doubts }
doubt-failing =
    { PLURAL($count) ->
        [one] { $count } fuente falla
       *[other] { $count } fuentes fallan
    }
doubt-not-read-whole =
    { PLURAL($count) ->
        [one] { $count } fuente no se pudo leer entera
       *[other] { $count } fuentes no se pudieron leer enteras
    }
doubt-possibly-missed =
    { PLURAL($count) ->
        [one] { $count } fuente pudo perder noticias entre dos consultas
       *[other] { $count } fuentes pudieron perder noticias entre dos consultas
    }
doubt-handled-with-care =
    { PLURAL($count) ->
        [one] { $count } fuente se trata con cautela
       *[other] { $count } fuentes se tratan con cautela
    }
doubt-interrupted =
    { PLURAL($count) ->
        [one] { $count } fuente falló durante un tiempo
       *[other] { $count } fuentes fallaron durante un tiempo
    }
doubt-not-delivered =
    { PLURAL($count) ->
        [one] { $count } correo anterior no se pudo entregar
       *[other] { $count } correos anteriores no se pudieron entregar
    }

## How much is here

more-topics =
    { PLURAL($count) ->
        [one] { $count } tema más
       *[other] { $count } temas más
    }
more-feeds =
    { PLURAL($count) ->
        [one] { $count } fuente más
       *[other] { $count } fuentes más
    }
no-topic = Otros
no-place = Sin lugar mencionado
kept-out = Lo hallado no figura en este correo. Léalo en el equipo en que funciona newsvigil: { $command }.
refused-words = El servidor de correo rechazó este mensaje por su contenido; por eso solo quedan los titulares y se omite el resto del texto de las fuentes. { $command } lo muestra todo.
refused-all-but-headline = El servidor de correo rechazó este mensaje por su contenido; por eso aquí está solo el titular. { $command } lo muestra todo.
refused-everything = El servidor de correo rechazó el texto de lo hallado; { $command } lo muestra todo.
item-numbers =
    { PLURAL($count) ->
        [one] Noticia { $numbers }.
       *[other] Noticias { $numbers }.
    }
in-full = Completas: { $count }.
as-headlines = Solo titular: { $count }.
by-count = Solo contadas: { $count }.
attached = Adjunto: { $file }, con todas las coincidencias: { $total }.
attached-in-part = Adjunto: { $file }, con las { $shown } coincidencias más recientes de { $total }. { $command } las enumera todas.
told-by-count = Solo contadas
no-room = Estas no caben aquí. { $command } enumera cada una, y todo lo demás que cuenta este correo.
by-topic = Por tema
appeared-at-once = Aparecidas de golpe
not-there-before = Son antiguas y antes no estaban en sus fuentes. { $command } las enumera.
part-of = { $shown } de { $total }

## Items

headlines = Titulares
urgent = Urgente: { $topic }
urgent-stories = Urgente
developing = Más sobre lo ya contado
found-later = Halladas después
found-by-edited-watch = Una búsqueda escrita o cambiada desde entonces las encuentra en lo ya guardado.
sent-before = Enviadas antes, como alertas
more-listed = Y { $count } más: véase { $command }.
undated = sin fecha, vista por primera vez: { $time }
revised = revisada
matched-by = Coincide con
matched-words = Palabras halladas
found-in-article = Hallada en el artículo, no en lo que dice la fuente.
in-article = (en el artículo, no en lo que dice la fuente)
more-watches =
    { PLURAL($count) ->
        [one] y { $count } búsqueda más
       *[other] y { $count } búsquedas más
    }
first-reported = El primero en informar: { $outlet }, { $time }.
own-words =
    { PLURAL($count) ->
        [one] { $count } medio con palabras propias
       *[other] { $count } medios con palabras propias
    }
one-text =
    { PLURAL($count) ->
        [one] { $count } reproduce un mismo texto
       *[other] { $count } reproducen un mismo texto
    }
outlets-carry-one-text =
    { PLURAL($count) ->
        [one] { $count } medio reproduce un mismo texto
       *[other] { $count } medios reproducen un mismo texto
    }
items-in-all =
    { PLURAL($count) ->
        [one] { $count } noticia en total.
       *[other] { $count } noticias en total.
    }
also-in = También en:
same-text-in = El mismo texto en:
more-reports = Más noticias:
also-in-languages = También en { $languages }.
also-matched-by = También coincide con: { $watches }.
also-under = También en el tema { $topics }.
and-outlets =
    { PLURAL($count) ->
        [one] +{ $count } medio
       *[other] +{ $count } medios
    }
and-items =
    { PLURAL($count) ->
        [one] +{ $count } noticia
       *[other] +{ $count } noticias
    }
more-outlets =
    { PLURAL($count) ->
        [one] { $count } medio más
       *[other] { $count } medios más
    }
more-items =
    { PLURAL($count) ->
        [one] { $count } noticia más
       *[other] { $count } noticias más
    }
item-number = Noticia { $item }.

## Topics of the watches that come with newsvigil

topic-assembly = Reunión y protesta
topic-cases = Nombres y casos
topic-children = Derechos de la infancia
topic-defenders = Defensores de derechos humanos
topic-detention = Detención y juicio justo
topic-digital = Vigilancia y derechos digitales
topic-disappearance = Desaparición y secuestro
topic-discrimination = Discriminación y odio
topic-expression = Prensa y libertad de expresión
topic-indigenous = Pueblos indígenas y tierra
topic-justice = Justicia e impunidad
topic-killings = Homicidios y pena de muerte
topic-labour = Esclavitud, trata y trabajo
topic-lgbti = Derechos LGBTI
topic-refugees = Refugiados y migrantes
topic-social-rights = Vivienda, salud y agua
topic-torture = Tortura y malos tratos
topic-war-crimes = Crímenes de guerra y genocidio
topic-women = Derechos de las mujeres

## Languages, as “also-in-languages” names them

language-ar = árabe
language-bn = bengalí
language-de = alemán
language-en = inglés
language-es = español
language-fa = persa
language-fr = francés
language-hi = hindi
language-id = indonesio
language-it = italiano
language-ja = japonés
language-ko = coreano
language-pl = polaco
language-pt = portugués
language-ru = ruso
language-sw = suajili
language-th = tailandés
language-tr = turco
language-uk = ucraniano
language-zh = chino

## The foot

how-complete = ¿Está completo?
polled =
    { PLURAL($count) ->
        [one] Se consultó { $count } fuente
       *[other] Se consultaron { $count } fuentes
    }
polled-since =
    { PLURAL($count) ->
        [one] Se consultó { $count } fuente desde el { $since }
       *[other] Se consultaron { $count } fuentes desde el { $since }
    }
nothing-polled = En este tiempo no se consultó ninguna fuente: el silencio no significa nada.
nothing-missing = Ninguna falla y no consta que falte nada.
feeds-silent =
    { PLURAL($count) ->
        [one] { $count } fuente calla más de lo habitual.
       *[other] { $count } fuentes callan más de lo habitual.
    }
watches-are-muted =
    { PLURAL($count) ->
        [one] { $count } búsqueda está silenciada.
       *[other] { $count } búsquedas están silenciadas.
    }
failing = Fallan
not-read-whole = No leídas enteras
possibly-missed = Posibles noticias perdidas
handled-with-care = Tratadas con cautela
interrupted = Fallaron un tiempo y vuelven a funcionar
silent = Calladas más de lo habitual
never-readable = Páginas que nunca se pueden leer
muted = Silenciadas
no-longer-muted = Ya no silenciadas
muted-until =
    { PLURAL($count) ->
        [one] hasta el { $until }, { $count } coincidencia retenida
       *[other] hasta el { $until }, { $count } coincidencias retenidas
    }
not-delivered = Correos que no se pudieron entregar
queued = en cola el { $since }
queued-since = en cola desde el { $since }
since = desde el { $since }
since-at-the-earliest = como pronto desde el { $since }
until = hasta el { $until }
until-at-the-latest = a más tardar hasta el { $until }
several-feeds =
    { PLURAL($count) ->
        [one] { $count } fuente
       *[other] { $count } fuentes
    }
several-recipients =
    { PLURAL($count) ->
        [one] { $count } destinatario
       *[other] { $count } destinatarios
    }
several-mails =
    { PLURAL($count) ->
        [one] { $count } correo
       *[other] { $count } correos
    }
more-names =
    { PLURAL($count) ->
        [one] { $count } más
       *[other] { $count } más
    }
as-of = Situación a { $time }.
covers = Abarca desde el { $from } hasta el { $to }.
covers-everything = Abarca todo hasta el { $to }.
times-of-zone = Las horas son las de { $zone }.
mail-number = Correo { $number }: { $command }
to-receive-less = Para recibir menos, o nada, escriba a { $address }.

## How the pages behind items were read

pages-behind-items = Páginas de las noticias: { $reading }.
pages-read-whole =
    { PLURAL($count) ->
        [one] { $count } leída entera
       *[other] { $count } leídas enteras
    }
no-page-read-whole = ninguna leída entera
pages-by-feed-text =
    { PLURAL($count) ->
        [one] { $count } solo por el texto de la fuente: { $causes }
       *[other] { $count } solo por el texto de la fuente: { $causes }
    }
pages-waited-for =
    { PLURAL($count) ->
        [one] aún se espera { $count } página
       *[other] aún se esperan { $count } páginas
    }
pages-of-cause = { $count } { $cause }
page-of-cause = { $cause }
all-of-cause = todas { $cause }
page-feed-text = con muy poco texto en la página
page-paywalled = de pago
page-challenge = tras una prueba contra robots
page-consent-wall = tras un muro de consentimiento
page-script-only = con texto que exige scripts
page-robots = por veto de robots.txt
page-not-html = sin página web
page-too-big = por exceso de tamaño
page-gone = con la página retirada
page-unreachable = sin respuesta
page-not-asked = sin pedir

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
week-nothing-to-compare = No hay con qué comparar: ninguna de las ocho semanas anteriores se siguió todos sus días.
week-of-weeks = (según { $weeks } semanas)
week-too-little =
    { PLURAL($count) ->
        [one] Hay muy poco con qué comparar: de las ocho semanas anteriores, { $count } está completa, y hacen falta cuatro.
       *[other] Hay muy poco con qué comparar: de las ocho semanas anteriores, { $count } están completas, y hacen falta cuatro.
    }
week-days-missed =
    { PLURAL($count) ->
        [one] La mayoría de las fuentes se leyó solo { $count } de sus siete días, así que pudo haber más.
       *[other] La mayoría de las fuentes se leyó solo { $count } de sus siete días, así que pudo haber más.
    }
week-feeds-missed =
    { PLURAL($count) ->
        [one] { $count } de { $all } fuentes no se leyó ninguno de sus días.
       *[other] { $count } de { $all } fuentes no se leyeron ninguno de sus días.
    }
week-feeds-read =
    { PLURAL($count) ->
        [one] Se leyó { $count } fuente.
       *[other] Se leyeron todas las fuentes: { $count }.
    }
week-not-watched = sin seguimiento
week-unwatched = No se leyó ninguna fuente en ninguno de sus días: no se sabe qué ocurrió.
week-read-in-part = { $what }, con lectura { $days } de 7 días
week-missed = No se hizo ningún resumen del tiempo que va del { $first } al { $last }.
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
week-counted = Una historia que muchos cuentan vale por una: el día en que se encontró por primera vez, en el tema al que mejor corresponde y en cada lugar del que trata.
week-no-places = Hubo demasiadas historias para examinar los lugares de todas.
week-bare = El resumen de la semana
week-feeds = Fuentes
week-feeds-new = Leídas por primera vez
week-feeds-gone = Ya no se leen
week-feeds-rates = Más o menos noticias de lo habitual
week-rate =
    { PLURAL($count) ->
        [one] { $count } noticia
       *[other] { $count } noticias
    }; lo habitual en una semana: { $habit }
week-feeds-before =
    { PLURAL($count) ->
        [one] { $count } fuente tiene problemas desde antes de esta semana.
       *[other] { $count } fuentes tienen problemas desde antes de esta semana.
    }
week-feeds-same = Nada ha cambiado en las fuentes.

## Notices to operators

health-changed = Ha cambiado el estado de las fuentes
get-no-mail = No reciben correo
in-trouble = Con problemas
fine-again = De nuevo en orden
feeds-in-trouble =
    { PLURAL($count) ->
        [one] { $count } fuente tiene problemas
       *[other] { $count } fuentes tienen problemas
    }
feeds-fine-again =
    { PLURAL($count) ->
        [one] { $count } fuente vuelve a estar en orden
       *[other] { $count } fuentes vuelven a estar en orden
    }
feeds-in-trouble-and-fine =
    { PLURAL($count) ->
        [one] { $count } fuente con problemas, { $fine } de nuevo en orden
       *[other] { $count } fuentes con problemas, { $fine } de nuevo en orden
    }
recipients-without-mail =
    { PLURAL($count) ->
        [one] { $count } destinatario no recibe correo
       *[other] { $count } destinatarios no reciben correo
    }
feeds-never-readable =
    { PLURAL($count) ->
        [one] { $count } fuente tiene páginas que nunca se pueden leer
       *[other] { $count } fuentes tienen páginas que nunca se pueden leer
    }
status-shows = { $command } muestra cómo está todo. Lo que tiene problemas puede contener noticias que nadie ve.

## Why a story that was told is told at once again

news-corroborated =
    { PLURAL($count) ->
        [one] La publica { $count } medio independiente: { $outlet }.
       *[other] La publican { $count } medios independientes: { $outlet }.
    }
news-victims = La cifra ha crecido: { $counted } muertos o heridos; se habían contado { $told }.
news-victims-first = Ahora con cifra: { $counted } muertos o heridos; antes no se había contado ninguno.
news-corrected = Corregido: { $outlet }.
news-corrected-by = Corregido por { $by }: { $outlet }.
changed-became = decía «{ $before }», ahora dice «{ $after }»
changed-says = ahora dice «{ $words }»
news-watch = Se cuenta de nuevo porque la encontró otra búsqueda.
news-more = No contiene nada nuevo. Se cuenta de todos modos porque usted no recibe resúmenes.
news-awaited =
    { PLURAL($count) ->
        [one] Hasta ahora la publica { $count } medio independiente, y su búsqueda pide { $asked }. Se cuenta de todos modos porque usted no recibe resúmenes.
       *[other] Hasta ahora la publican { $count } medios independientes, y su búsqueda pide { $asked }. Se cuenta de todos modos porque usted no recibe resúmenes.
    }
