# What mails say, in Spanish. The categories of numbers: one, other.

## Names and marks

months = enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
weekdays = lunes martes miércoles jueves viernes sábado domingo
date-time = { $weekday } { $day } de { $month } de { $year }, { $time } { $zone }
short-date-time = { $weekday } { $day } de { $month }, { $time }
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
        [one] novedades sobre { $count } historia ya comunicada
       *[other] novedades sobre { $count } historias ya comunicadas
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
        [one] { $count } noticia encontrada después
       *[other] { $count } noticias encontradas después
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
    } en «{ $name }» el { $day }; lo habitual ese día de la semana: { $habit } (mediana de { $weeks } semanas)
unusual-more =
    { PLURAL($count) ->
        [one] Hubo { $count } día más fuera de lo común en una búsqueda o un lugar.
       *[other] Hubo { $count } días más fuera de lo común en búsquedas o lugares.
    }
digest-for-alerts = En una hora se acumularon tantas alertas que este resumen las sustituye.

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
        [one] { $count } sin publicar desde hace tiempo
       *[other] { $count } sin publicar desde hace tiempo
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
        [one] Completo: se leyó { $count } fuente, que funciona
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
        [one] en { $count } fuente pudieron perderse noticias entre dos consultas
       *[other] en { $count } fuentes pudieron perderse noticias entre dos consultas
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
kept-out = Este correo no incluye lo encontrado. Léalo en el equipo donde funciona newsvigil: { $command }.
refused-words = El servidor de correo rechazó este mensaje por su contenido: solo quedan los titulares. { $command } lo muestra todo.
refused-all-but-headline = El servidor de correo rechazó este mensaje por su contenido: solo queda el titular. { $command } lo muestra todo.
refused-everything = El servidor de correo rechazó el texto de lo encontrado; { $command } lo muestra todo.
item-numbers =
    { PLURAL($count) ->
        [one] Noticia { $numbers }.
       *[other] Noticias { $numbers }.
    }
in-full = Completas: { $count }.
as-headlines = Solo titular: { $count }.
by-count = Solo en el recuento: { $count }.
attached = Adjunto: { $file }, con todas las coincidencias: { $total }.
attached-in-part = Adjunto: { $file }, con las { $shown } coincidencias más recientes de { $total }. { $command } muestra todas.
told-by-count = Solo en el recuento
no-room = Estas no caben aquí. { $command } las muestra una por una, con todo lo demás de este correo.
by-topic = Por tema
appeared-at-once = Aparecidas de golpe
not-there-before = Son antiguas, pero antes no estaban en sus fuentes. { $command } las muestra una por una.
part-of = { $shown } de { $total }

## Items

headlines = Titulares
urgent = Urgente: { $topic }
urgent-stories = Urgente
developing = Novedades sobre lo ya comunicado
found-later = Encontradas después
found-by-edited-watch = Las encontró, entre lo ya guardado, una búsqueda creada o modificada después.
sent-before = Enviadas antes, como alertas
more-listed = Y { $count } más: { $command }.
undated = sin fecha, vista por primera vez: { $time }
revised = revisada
matched-by = Encontrada por
matched-words = Palabras encontradas
found-in-article = Encontrada en el artículo, no en el texto de la fuente.
in-article = (en el artículo, no en el texto de la fuente)
more-watches =
    { PLURAL($count) ->
        [one] y { $count } búsqueda más
       *[other] y { $count } búsquedas más
    }
first-reported = Primero en informar: { $outlet }, { $time }.
own-words =
    { PLURAL($count) ->
        [one] { $count } medio con sus propias palabras
       *[other] { $count } medios con sus propias palabras
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
also-matched-by = Encontrada también por: { $watches }.
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

how-complete = ¿Está completo este correo?
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
nothing-polled = En este periodo no se consultó ninguna fuente: el silencio no significa nada.
nothing-missing = Ninguna falla y, que se sepa, no falta nada.
feeds-silent =
    { PLURAL($count) ->
        [one] { $count } fuente lleva sin publicar más de lo habitual.
       *[other] { $count } fuentes llevan sin publicar más de lo habitual.
    }
watches-are-muted =
    { PLURAL($count) ->
        [one] { $count } búsqueda está silenciada.
       *[other] { $count } búsquedas están silenciadas.
    }
held-back =
    { PLURAL($count) ->
        [one] { $count } coincidencia quedó retenida mientras su búsqueda estaba silenciada
       *[other] { $count } coincidencias quedaron retenidas mientras sus búsquedas estaban silenciadas
    }
failing = Con fallos
not-read-whole = Leídas solo en parte
possibly-missed = Con noticias quizá perdidas
handled-with-care = Tratadas con cautela
interrupted = Fallaron un tiempo y ya funcionan
silent = Sin publicar desde hace más de lo habitual
never-readable = Páginas que nunca se pueden leer
muted = Silenciadas
no-longer-muted = Ya no silenciadas
muted-until =
    { PLURAL($count) ->
        [one] hasta el { $until }, { $count } coincidencia retenida
       *[other] hasta el { $until }, { $count } coincidencias retenidas
    }
not-delivered = Correos que no se pudieron entregar
queued = en cola desde el { $since }
queued-since = el más antiguo, en cola desde el { $since }
since = desde el { $since }
since-at-the-earliest = desde el { $since } como muy pronto
until = hasta el { $until }
until-at-the-latest = hasta el { $until } como muy tarde
several-feeds =
    { PLURAL($count) ->
        [one] { $count } fuente
       *[other] { $count } fuentes
    }
each-of-feeds = { $feeds }, cada una
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
hours =
    { PLURAL($count) ->
        [one] { $count } hora
       *[other] { $count } horas
    }
days =
    { PLURAL($count) ->
        [one] { $count } día
       *[other] { $count } días
    }
as-of = Situación: { $time }.
covers = Periodo: del { $from } al { $to }.
covers-everything = Periodo: todo hasta el { $to }.
times-of-zone = Zona horaria: { $zone }.
mail-number = Correo { $number }: { $command }
to-receive-less = Para recibir menos correos, o ninguno, escriba a { $address }.
feed-gone = su editor la ha dado por terminada (410); ya no se consulta
feed-silent = sin publicar, aunque lo habitual entre dos noticias es { $habit } como máximo
feed-dead = responde, pero no tiene nada nuevo desde hace semanas
feed-overflowing = publica más rápido de lo que se consultaba: pudieron perderse noticias; ahora se consulta antes
feed-suspected = se estaba leyendo cuando newsvigil se interrumpió; ahora se consulta por separado
feed-interrupted = se estaba consultando cuando newsvigil se interrumpió
feed-restless =
    { PLURAL($count) ->
        [one] cambia todas sus noticias en cada consulta ({ $count } vez seguida): ¿hay un contador o la hora en su texto?
       *[other] cambia todas sus noticias en cada consulta ({ $count } veces seguidas): ¿hay un contador o la hora en su texto?
    }
feed-over-budget =
    { PLURAL($count) ->
        [one] trae más de lo que una fuente puede en un día: quedó fuera { $count } noticia, que se tomará después de medianoche UTC si aún está
       *[other] trae más de lo que una fuente puede en un día: quedaron fuera { $count } noticias, que se tomarán después de medianoche UTC si aún están
    }
feed-was-over-budget =
    { PLURAL($count) ->
        [one] trajo más de lo que una fuente puede en un día: quedó fuera { $count } noticia, tomada después
       *[other] trajo más de lo que una fuente puede en un día: quedaron fuera { $count } noticias, todas tomadas después
    }
feed-was-over-budget-in-part =
    { PLURAL($count) ->
        [one] trajo más de lo que una fuente puede en un día: quedó fuera { $count } noticia; tomadas después: { $taken }
       *[other] trajo más de lo que una fuente puede en un día: quedaron fuera { $count } noticias; tomadas después: { $taken }
    }
feed-over-budget-gone =
    { PLURAL($count) ->
        [one] { $count } noticia desapareció antes de poder tomarla
       *[other] { $count } noticias desaparecieron antes de poder tomarlas
    }
loss-broken-off-at-once = se corta antes de que acabe la primera noticia
loss-broken-off =
    { PLURAL($count) ->
        [one] se corta después de { $count } noticia
       *[other] se corta después de { $count } noticias
    }
loss-unread =
    { PLURAL($count) ->
        [one] { $count } noticia no se pudo leer
       *[other] { $count } noticias no se pudieron leer
    }
loss-surplus =
    { PLURAL($count) ->
        [one] se omitió { $count } noticia, la más antigua, porque hay más de las que se guardan
       *[other] se omitieron { $count } noticias, las más antiguas, porque hay más de las que se guardan
    }
loss-shortened =
    { PLURAL($count) ->
        [one] { $count } noticia es tan larga que se cortó su texto
       *[other] { $count } noticias son tan largas que se cortó su texto
    }
loss-crowded =
    { PLURAL($count) ->
        [one] { $count } noticia tiene más autores, categorías o textos de los que se guardan
       *[other] { $count } noticias tienen más autores, categorías o textos de los que se guardan
    }
loss-garbled =
    { PLURAL($count) ->
        [one] { $count } noticia tiene caracteres ilegibles
       *[other] { $count } noticias tienen caracteres ilegibles
    }
loss-parts =
    { PLURAL($count) ->
        [one] { $count } parte de su índice de mapas del sitio no se pudo leer
       *[other] { $count } partes de su índice de mapas del sitio no se pudieron leer
    }
was-failing = fallaba
was-gone = se había dado por terminada
was-silent = no publicaba
was-dead = no tenía nada nuevo desde hacía semanas
was-incomplete = solo se leía en parte
was-overflowing = publicaba más rápido de lo que se consultaba
was-suspected = se estaba consultando cuando newsvigil se interrumpió
was-over-budget = traía más de lo que una fuente puede
was-restless = cambiaba todas sus noticias en cada consulta
no-mail = no se puede componer ningún correo: { $why }

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
        [one] { $count } conocida solo por el texto de la fuente: { $causes }
       *[other] { $count } conocidas solo por el texto de la fuente: { $causes }
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
page-script-only = con texto que solo se ve con scripts
page-robots = por prohibición de robots.txt
page-not-html = sin página web
page-too-big = por exceso de tamaño
page-gone = con la página retirada
page-unreachable = sin respuesta
page-not-asked = sin consultar
pages-never-read =
    { PLURAL($count) ->
        [one] su última página no se leyó entera: { $causes }; { $advice }
       *[other] ninguna de sus { $count } últimas páginas se leyó entera: { $causes }; { $advice }
    }
advice-paywalled = con una suscripción, indique «cookie» en feeds.toml; articles = "off" deja de pedirlas
advice-selector = «newsvigil article show URL --selector CSS» prueba un «selector» para feeds.toml; articles = "off" deja de pedirlas
advice-off = articles = "off" en feeds.toml deja de pedirlas

## The week

day = { $weekday } { $day } de { $month }
week-stories =
    { PLURAL($count) ->
        [one] { $count } historia
       *[other] { $count } historias
    }
week-subject = Semana del { $first }: { $what }
week-of = Del { $first } al { $last }: { $what }
week-habit = Lo habitual en una semana: { $habit } (mediana de las ocho anteriores).
week-habit-of-fewer =
    { PLURAL($count) ->
        [one] Lo habitual en una semana: { $habit } (la única comparable de las ocho anteriores).
       *[other] Lo habitual en una semana: { $habit } (mediana de las { $count } comparables de las ocho anteriores).
    }
week-nothing-to-compare = Todavía no hay con qué comparar: ninguna de las ocho semanas anteriores se siguió a diario.
week-of-weeks = (mediana de { $weeks } semanas)
week-too-little =
    { PLURAL($count) ->
        [one] Todavía hay muy poco con qué comparar: de las ocho semanas anteriores solo { $count } se siguió a diario, y hacen falta cuatro.
       *[other] Todavía hay muy poco con qué comparar: de las ocho semanas anteriores solo { $count } se siguieron a diario, y hacen falta cuatro.
    }
week-days-missed =
    { PLURAL($count) ->
        [one] La mayoría de las fuentes se leyó solo { $count } de los siete días, así que pudo haber más.
       *[other] La mayoría de las fuentes se leyó solo { $count } de los siete días, así que pudo haber más.
    }
week-no-day-read = Ningún día de la semana se leyó la mayoría de las fuentes, así que pudo haber más.
week-feeds-missed =
    { PLURAL($count) ->
        [one] { $count } de { $all } fuentes no se leyó ningún día de esta semana.
       *[other] { $count } de { $all } fuentes no se leyeron ningún día de esta semana.
    }
week-feeds-read =
    { PLURAL($count) ->
        [one] Se leyó { $count } fuente.
       *[other] Se leyeron todas las fuentes: { $count }.
    }
week-not-watched = semana sin seguimiento
week-unwatched = No se leyó ninguna fuente en toda la semana: no se sabe qué ocurrió.
week-read-in-part =
    { $what }, con fuentes leídas { PLURAL($days) ->
        [one] { $days } día
       *[other] { $days } días
    } de 7
week-read-on-no-day = { $what }, sin un solo día en que se leyera la mayoría de las fuentes
week-missed = No se hizo ningún resumen del periodo del { $first } al { $last }.
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
week-unusual-more = Más: { $command }
week-by-place = Por lugar
week-usually = habitual: { $habit }
week-more-places =
    { PLURAL($count) ->
        [one] { $count } lugar más
       *[other] { $count } lugares más
    }
week-counted = Por muchos medios que la publiquen, cada historia se cuenta una sola vez: el día en que se encontró, en el tema al que mejor corresponde y en cada lugar del que trata.
week-no-places = Había demasiadas historias para buscar los lugares de todas.
week-bare = El resumen de la semana
week-feeds = Fuentes
week-feeds-new = Nuevas
week-feeds-gone = Retiradas
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
status-shows = { $command } muestra el estado de todo. En una fuente con problemas puede haber noticias que nadie ve.

## Why a story that was told is told at once again

news-corroborated =
    { PLURAL($count) ->
        [one] La publica { $count } medio independiente: { $outlet }.
       *[other] La publican { $count } medios independientes: { $outlet }.
    }
news-victims =
    La cifra ha aumentado: { PLURAL($counted) ->
        [one] { $counted } muerto o herido
       *[other] { $counted } muertos o heridos
    }; antes se había informado de { $told }.
news-victims-first =
    Primera cifra: { PLURAL($counted) ->
        [one] { $counted } muerto o herido
       *[other] { $counted } muertos o heridos
    }; antes no se había informado de ninguno.
news-corrected = Corregido: { $outlet }.
news-corrected-by = Corregido por { $by }: { $outlet }.
changed-became = decía «{ $before }», ahora dice «{ $after }»
changed-says = ahora dice «{ $words }»
news-watch = Se comunica de nuevo porque la encontró otra búsqueda.
news-more = No hay nada nuevo. Se comunica de todos modos porque usted no recibe resúmenes.
news-awaited =
    { PLURAL($count) ->
        [one] Hasta ahora la publica { $count } medio independiente, y su búsqueda pide { $asked }. Se comunica de todos modos porque usted no recibe resúmenes.
       *[other] Hasta ahora la publican { $count } medios independientes, y su búsqueda pide { $asked }. Se comunica de todos modos porque usted no recibe resúmenes.
    }
