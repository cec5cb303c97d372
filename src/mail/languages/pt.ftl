# What mails say, in Portuguese. The categories of numbers: one (0 and 1), other.

## Names and marks

months = janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
weekdays = segunda terça quarta quinta sexta sábado domingo
date-time = { $weekday }, { $day } de { $month } de { $year }, { $time } { $zone }
short-date-time = { $weekday }, { $day } de { $month }, { $time }
comma = { ", " }
and = { " e " }
semicolon = { "; " }
colon = { ": " }
quoted = “{ $text }”

## The head

new-items =
    { PLURAL($count) ->
        [one] { $count } notícia nova
       *[other] { $count } notícias novas
    }
new-items-in-topics =
    { PLURAL($count) ->
        [one] { $count } notícia nova
       *[other] { $count } notícias novas
    } em { PLURAL($topics) ->
        [one] { $topics } tema
       *[other] { $topics } temas
    }
new-stories =
    { PLURAL($count) ->
        [one] { $count } história nova
       *[other] { $count } histórias novas
    } ({ PLURAL($items) ->
        [one] { $items } notícia
       *[other] { $items } notícias
    })
new-stories-in-topics =
    { PLURAL($count) ->
        [one] { $count } história nova
       *[other] { $count } histórias novas
    } ({ PLURAL($items) ->
        [one] { $items } notícia
       *[other] { $items } notícias
    }) em { PLURAL($topics) ->
        [one] { $topics } tema
       *[other] { $topics } temas
    }
stories-developing =
    { PLURAL($count) ->
        [one] novidades sobre { $count } história já informada
       *[other] novidades sobre { $count } histórias já informadas
    }
nothing-new = Sem novidades
nothing-new-beside-alerts = Sem novidades além dos alertas
items-not-mailed =
    { PLURAL($count) ->
        [one] { $count } notícia não pôde ser enviada por e-mail
       *[other] { $count } notícias não puderam ser enviadas por e-mail
    }
alerts-sent-before =
    { PLURAL($count) ->
        [one] { $count } alerta enviado antes
       *[other] { $count } alertas enviados antes
    }
items-found-later =
    { PLURAL($count) ->
        [one] { $count } notícia encontrada depois
       *[other] { $count } notícias encontradas depois
    }
items-appeared-at-once =
    { PLURAL($count) ->
        [one] { $count } notícia antiga apareceu de uma só vez
       *[other] { $count } notícias antigas apareceram de uma só vez
    }
unusual =
    Fora do comum: { PLURAL($count) ->
        [one] { $count } história
       *[other] { $count } histórias
    } em “{ $name }” ({ $day }); o habitual nesse dia da semana: { $habit } (mediana de { $weeks } semanas)
unusual-more =
    { PLURAL($count) ->
        [one] Houve mais { $count } dia fora do comum numa busca ou num lugar.
       *[other] Houve mais { $count } dias fora do comum em buscas ou lugares.
    }
digest-for-alerts = Acumularam-se tantos alertas em uma hora que este resumo os substitui.

## Subjects

new =
    { PLURAL($count) ->
        [one] { $count } nova
       *[other] { $count } novas
    }
feeds-polled =
    { PLURAL($count) ->
        [one] { $count } fonte consultada
       *[other] { $count } fontes consultadas
    }
no-feed-polled = Nenhuma fonte foi consultada
silent-for-long =
    { PLURAL($count) ->
        [one] { $count } sem publicar há muito tempo
       *[other] { $count } sem publicar há muito tempo
    }
watches-muted =
    { PLURAL($count) ->
        [one] { $count } busca silenciada
       *[other] { $count } buscas silenciadas
    }
corrected = Corrigido: { $title }

## What may be missing

complete =
    { PLURAL($count) ->
        [one] Completo: { $count } fonte foi lida e está funcionando
       *[other] Completo: { $count } fontes foram lidas e nenhuma está falhando
    }
not-complete = Incompleto: { $doubts }
doubt-failing =
    { PLURAL($count) ->
        [one] { $count } fonte está falhando
       *[other] { $count } fontes estão falhando
    }
doubt-not-read-whole =
    { PLURAL($count) ->
        [one] { $count } fonte não pôde ser lida por inteiro
       *[other] { $count } fontes não puderam ser lidas por inteiro
    }
doubt-possibly-missed =
    { PLURAL($count) ->
        [one] em { $count } fonte podem ter-se perdido notícias entre duas consultas
       *[other] em { $count } fontes podem ter-se perdido notícias entre duas consultas
    }
doubt-handled-with-care =
    { PLURAL($count) ->
        [one] { $count } fonte é tratada com cautela
       *[other] { $count } fontes são tratadas com cautela
    }
doubt-interrupted =
    { PLURAL($count) ->
        [one] { $count } fonte falhou por algum tempo
       *[other] { $count } fontes falharam por algum tempo
    }
doubt-not-delivered =
    { PLURAL($count) ->
        [one] { $count } e-mail anterior não pôde ser entregue
       *[other] { $count } e-mails anteriores não puderam ser entregues
    }

## How much is here

more-topics =
    { PLURAL($count) ->
        [one] mais { $count } tema
       *[other] mais { $count } temas
    }
more-feeds =
    { PLURAL($count) ->
        [one] mais { $count } fonte
       *[other] mais { $count } fontes
    }
no-topic = Outros
no-place = Nenhum lugar mencionado
kept-out = Este e-mail não inclui o que foi encontrado. Leia na máquina em que o newsvigil funciona: { $command }.
refused-words = O servidor de e-mail recusou esta mensagem pelo conteúdo: só ficaram os títulos. { $command } mostra tudo.
refused-all-but-headline = O servidor de e-mail recusou esta mensagem pelo conteúdo: só ficou o título. { $command } mostra tudo.
refused-everything = O servidor de e-mail recusou o texto do que foi encontrado; { $command } mostra tudo.
item-numbers =
    { PLURAL($count) ->
        [one] Notícia { $numbers }.
       *[other] Notícias { $numbers }.
    }
in-full = Completas: { $count }.
as-headlines = Só o título: { $count }.
by-count = Só na contagem: { $count }.
attached = Anexo: { $file }, com todas as ocorrências: { $total }.
attached-in-part = Anexo: { $file }, com as { $shown } ocorrências mais recentes de { $total }. { $command } mostra todas.
told-by-count = Só na contagem
no-room = Estas não cabem aqui. { $command } mostra cada uma, com tudo o mais deste e-mail.
by-topic = Por tema
appeared-at-once = Surgidas de uma só vez
not-there-before = São antigas, mas antes não estavam em suas fontes. { $command } mostra cada uma.
part-of = { $shown } de { $total }

## Items

headlines = Títulos
urgent = Urgente: { $topic }
urgent-stories = Urgente
developing = Novidades sobre o que já foi informado
found-later = Encontradas depois
found-by-edited-watch = Encontradas, entre o que já estava guardado, por uma busca criada ou alterada depois.
sent-before = Enviadas antes, como alertas
more-listed = E mais { $count }: { $command }.
undated = sem data, vista pela primeira vez: { $time }
revised = revisada
matched-by = Encontrada por
matched-words = Palavras encontradas
found-in-article = Encontrada no artigo, não no texto da fonte.
in-article = (no artigo, não no texto da fonte)
more-watches =
    { PLURAL($count) ->
        [one] e mais { $count } busca
       *[other] e mais { $count } buscas
    }
first-reported = Noticiado primeiro por { $outlet }, { $time }.
own-words =
    { PLURAL($count) ->
        [one] { $count } veículo com suas próprias palavras
       *[other] { $count } veículos com suas próprias palavras
    }
one-text =
    { PLURAL($count) ->
        [one] { $count } reproduz um mesmo texto
       *[other] { $count } reproduzem um mesmo texto
    }
outlets-carry-one-text =
    { PLURAL($count) ->
        [one] { $count } veículo reproduz um mesmo texto
       *[other] { $count } veículos reproduzem um mesmo texto
    }
items-in-all =
    { PLURAL($count) ->
        [one] { $count } notícia ao todo.
       *[other] { $count } notícias ao todo.
    }
also-in = Também em:
same-text-in = O mesmo texto em:
more-reports = Mais notícias:
also-in-languages = Também em { $languages }.
also-matched-by = Encontrada também por: { $watches }.
also-under = Também no tema { $topics }.
and-outlets =
    { PLURAL($count) ->
        [one] +{ $count } veículo
       *[other] +{ $count } veículos
    }
and-items =
    { PLURAL($count) ->
        [one] +{ $count } notícia
       *[other] +{ $count } notícias
    }
more-outlets =
    { PLURAL($count) ->
        [one] mais { $count } veículo
       *[other] mais { $count } veículos
    }
more-items =
    { PLURAL($count) ->
        [one] mais { $count } notícia
       *[other] mais { $count } notícias
    }
item-number = Notícia { $item }.

## Topics of the watches that come with newsvigil

topic-assembly = Reunião e protesto
topic-cases = Nomes e casos
topic-children = Direitos da criança
topic-defenders = Defensores de direitos humanos
topic-detention = Detenção e julgamento justo
topic-digital = Vigilância e direitos digitais
topic-disappearance = Desaparecimento e sequestro
topic-discrimination = Discriminação e ódio
topic-expression = Imprensa e liberdade de expressão
topic-indigenous = Povos indígenas e terra
topic-justice = Justiça e impunidade
topic-killings = Homicídios e pena de morte
topic-labour = Escravidão, tráfico e trabalho
topic-lgbti = Direitos LGBTI
topic-refugees = Refugiados e migrantes
topic-social-rights = Moradia, saúde e água
topic-torture = Tortura e maus-tratos
topic-war-crimes = Crimes de guerra e genocídio
topic-women = Direitos das mulheres

## Languages, as “also-in-languages” names them

language-ar = árabe
language-bn = bengali
language-de = alemão
language-en = inglês
language-es = espanhol
language-fa = persa
language-fr = francês
language-hi = hindi
language-id = indonésio
language-it = italiano
language-ja = japonês
language-ko = coreano
language-pl = polonês
language-pt = português
language-ru = russo
language-sw = suaíli
language-th = tailandês
language-tr = turco
language-uk = ucraniano
language-zh = chinês

## The foot

how-complete = Este e-mail está completo?
polled =
    { PLURAL($count) ->
        [one] { $count } fonte foi consultada
       *[other] { $count } fontes foram consultadas
    }
polled-since =
    { PLURAL($count) ->
        [one] { $count } fonte foi consultada desde { $since }
       *[other] { $count } fontes foram consultadas desde { $since }
    }
nothing-polled = Nenhuma fonte foi consultada neste período: o silêncio não significa nada.
nothing-missing = Nenhuma está falhando e, que se saiba, não falta nada.
feeds-silent =
    { PLURAL($count) ->
        [one] { $count } fonte está sem publicar há mais tempo que o habitual.
       *[other] { $count } fontes estão sem publicar há mais tempo que o habitual.
    }
watches-are-muted =
    { PLURAL($count) ->
        [one] { $count } busca está silenciada.
       *[other] { $count } buscas estão silenciadas.
    }
held-back =
    { PLURAL($count) ->
        [one] { $count } ocorrência ficou retida enquanto a sua busca estava silenciada
       *[other] { $count } ocorrências ficaram retidas enquanto as suas buscas estavam silenciadas
    }
failing = Com falhas
not-read-whole = Lidas só em parte
possibly-missed = Com notícias talvez perdidas
handled-with-care = Tratadas com cautela
interrupted = Falharam por algum tempo e já funcionam
silent = Sem publicar há mais tempo que o habitual
never-readable = Páginas que nunca podem ser lidas
muted = Silenciadas
no-longer-muted = Não mais silenciadas
muted-until =
    { PLURAL($count) ->
        [one] até { $until }, { $count } ocorrência retida
       *[other] até { $until }, { $count } ocorrências retidas
    }
not-delivered = E-mails que não puderam ser entregues
queued = na fila desde { $since }
queued-since = o mais antigo, na fila desde { $since }
since = desde { $since }
since-at-the-earliest = desde { $since }, no mínimo
until = até { $until }
until-at-the-latest = até { $until }, no máximo
several-feeds =
    { PLURAL($count) ->
        [one] { $count } fonte
       *[other] { $count } fontes
    }
each-of-feeds = { $feeds }, cada uma
several-recipients =
    { PLURAL($count) ->
        [one] { $count } destinatário
       *[other] { $count } destinatários
    }
several-mails =
    { PLURAL($count) ->
        [one] { $count } e-mail
       *[other] { $count } e-mails
    }
more-names =
    { PLURAL($count) ->
        [one] mais { $count }
       *[other] mais { $count }
    }
hours =
    { PLURAL($count) ->
        [one] { $count } hora
       *[other] { $count } horas
    }
days =
    { PLURAL($count) ->
        [one] { $count } dia
       *[other] { $count } dias
    }
as-of = Situação: { $time }.
covers = Período: de { $from } a { $to }.
covers-everything = Período: tudo até { $to }.
times-of-zone = Fuso horário: { $zone }.
mail-number = E-mail { $number }: { $command }
to-receive-less = Para receber menos e-mails, ou nenhum, escreva para { $address }.
feed-gone = seu editor a deu por encerrada (410); já não é consultada
feed-silent = sem publicar, embora o habitual entre duas notícias seja no máximo { $habit }
feed-dead = responde, mas não tem nada de novo há semanas
feed-overflowing = publica mais rápido do que era consultada: podem ter-se perdido notícias; agora é consultada antes
feed-suspected = estava sendo lida quando o newsvigil foi interrompido; agora é consultada em separado
feed-interrupted = estava sendo consultada quando o newsvigil foi interrompido
feed-restless =
    { PLURAL($count) ->
        [one] muda todas as suas notícias a cada consulta ({ $count } vez seguida): há um contador ou a hora no texto?
       *[other] muda todas as suas notícias a cada consulta ({ $count } vezes seguidas): há um contador ou a hora no texto?
    }
feed-over-budget =
    { PLURAL($count) ->
        [one] traz mais do que uma fonte pode num dia: { $count } notícia ficou de fora e será lida depois da meia-noite UTC, se ainda estiver lá
       *[other] traz mais do que uma fonte pode num dia: { $count } notícias ficaram de fora e serão lidas depois da meia-noite UTC, se ainda estiverem lá
    }
feed-was-over-budget =
    { PLURAL($count) ->
        [one] trouxe mais do que uma fonte pode num dia: { $count } notícia ficou de fora e foi lida depois
       *[other] trouxe mais do que uma fonte pode num dia: { $count } notícias ficaram de fora, e todas foram lidas depois
    }
feed-was-over-budget-in-part =
    { PLURAL($count) ->
        [one] trouxe mais do que uma fonte pode num dia: { $count } notícia ficou de fora; lidas depois: { $taken }
       *[other] trouxe mais do que uma fonte pode num dia: { $count } notícias ficaram de fora; lidas depois: { $taken }
    }
feed-over-budget-gone =
    { PLURAL($count) ->
        [one] { $count } notícia desapareceu antes de poder ser lida
       *[other] { $count } notícias desapareceram antes de poderem ser lidas
    }
loss-broken-off-at-once = interrompe-se antes do fim da primeira notícia
loss-broken-off =
    { PLURAL($count) ->
        [one] interrompe-se depois de { $count } notícia
       *[other] interrompe-se depois de { $count } notícias
    }
loss-unread =
    { PLURAL($count) ->
        [one] { $count } notícia não pôde ser lida
       *[other] { $count } notícias não puderam ser lidas
    }
loss-surplus =
    { PLURAL($count) ->
        [one] { $count } notícia, a mais antiga, foi omitida, porque há mais do que se guarda
       *[other] { $count } notícias, as mais antigas, foram omitidas, porque há mais do que se guarda
    }
loss-shortened =
    { PLURAL($count) ->
        [one] { $count } notícia é tão longa que o texto foi cortado
       *[other] { $count } notícias são tão longas que o texto foi cortado
    }
loss-crowded =
    { PLURAL($count) ->
        [one] { $count } notícia tem mais autores, categorias ou textos do que se guarda
       *[other] { $count } notícias têm mais autores, categorias ou textos do que se guarda
    }
loss-garbled =
    { PLURAL($count) ->
        [one] { $count } notícia tem caracteres ilegíveis
       *[other] { $count } notícias têm caracteres ilegíveis
    }
loss-parts =
    { PLURAL($count) ->
        [one] { $count } parte de seu índice de mapas do site não pôde ser lida
       *[other] { $count } partes de seu índice de mapas do site não puderam ser lidas
    }
was-failing = estava falhando
was-gone = tinha sido dada por encerrada
was-silent = não publicava
was-dead = não tinha nada de novo havia semanas
was-incomplete = só era lida em parte
was-overflowing = publicava mais rápido do que era consultada
was-suspected = estava sendo consultada quando o newsvigil foi interrompido
was-over-budget = trazia mais do que uma fonte pode
was-restless = mudava todas as suas notícias a cada consulta
no-mail = nenhum e-mail pode ser composto: { $why }

## How the pages behind items were read

pages-behind-items = Páginas das notícias: { $reading }.
pages-read-whole =
    { PLURAL($count) ->
        [one] { $count } lida por inteiro
       *[other] { $count } lidas por inteiro
    }
no-page-read-whole = nenhuma lida por inteiro
pages-by-feed-text =
    { PLURAL($count) ->
        [one] { $count } conhecida só pelo texto da fonte: { $causes }
       *[other] { $count } conhecidas só pelo texto da fonte: { $causes }
    }
pages-waited-for =
    { PLURAL($count) ->
        [one] { $count } página ainda é aguardada
       *[other] { $count } páginas ainda são aguardadas
    }
pages-of-cause = { $count } { $cause }
page-of-cause = { $cause }
all-of-cause = todas { $cause }
page-feed-text = com muito pouco texto na página
page-paywalled = só para assinantes
page-challenge = atrás de um teste contra robôs
page-consent-wall = atrás de um pedido de consentimento
page-script-only = com texto que só aparece com scripts
page-robots = por proibição do robots.txt
page-not-html = sem página web
page-too-big = por excesso de tamanho
page-gone = com a página removida
page-unreachable = sem resposta
page-not-asked = sem consulta
pages-never-read =
    { PLURAL($count) ->
        [one] sua última página não foi lida por inteiro: { $causes }; { $advice }
       *[other] nenhuma de suas { $count } últimas páginas foi lida por inteiro: { $causes }; { $advice }
    }
advice-paywalled = com uma assinatura, indique “cookie” em feeds.toml; articles = "off" deixa de pedi-las
advice-selector = “newsvigil article show URL --selector CSS” testa um “selector” para feeds.toml; articles = "off" deixa de pedi-las
advice-off = articles = "off" em feeds.toml deixa de pedi-las

## The week

day = { $weekday }, { $day } de { $month }
week-stories =
    { PLURAL($count) ->
        [one] { $count } história
       *[other] { $count } histórias
    }
week-subject = Semana de { $first }: { $what }
week-of = De { $first } a { $last }: { $what }
week-habit = O habitual numa semana: { $habit } (mediana das oito anteriores).
week-habit-of-fewer =
    { PLURAL($count) ->
        [one] O habitual numa semana: { $habit } (a única comparável das oito anteriores).
       *[other] O habitual numa semana: { $habit } (mediana das { $count } comparáveis das oito anteriores).
    }
week-nothing-to-compare = Ainda não há com que comparar: nenhuma das oito semanas anteriores foi acompanhada todos os dias.
week-of-weeks = (mediana de { $weeks } semanas)
week-too-little =
    { PLURAL($count) ->
        [one] Ainda há muito pouco com que comparar: das oito semanas anteriores só { $count } foi acompanhada todos os dias, e são necessárias quatro.
       *[other] Ainda há muito pouco com que comparar: das oito semanas anteriores só { $count } foram acompanhadas todos os dias, e são necessárias quatro.
    }
week-days-missed =
    { PLURAL($count) ->
        [one] A maioria das fontes só foi lida em { $count } dos sete dias; pode ter havido mais.
       *[other] A maioria das fontes só foi lida em { $count } dos sete dias; pode ter havido mais.
    }
week-no-day-read = Em nenhum dia da semana a maioria das fontes foi lida; pode ter havido mais.
week-feeds-missed =
    { PLURAL($count) ->
        [one] { $count } de { $all } fontes não foi lida em nenhum dia desta semana.
       *[other] { $count } de { $all } fontes não foram lidas em nenhum dia desta semana.
    }
week-feeds-read =
    { PLURAL($count) ->
        [one] Foi lida { $count } fonte.
       *[other] Todas as fontes foram lidas: { $count }.
    }
week-not-watched = semana sem acompanhamento
week-unwatched = Nenhuma fonte foi lida em toda a semana: não se sabe o que aconteceu.
week-read-in-part =
    { $what }, com fontes lidas em { PLURAL($days) ->
        [one] { $days }
       *[other] { $days }
    } de 7 dias
week-read-on-no-day = { $what }, sem um único dia em que a maioria das fontes fosse lida
week-missed = Não foi feito nenhum resumo do período de { $first } a { $last }.
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
week-unusual-more = Mais: { $command }
week-by-place = Por lugar
week-usually = habitual: { $habit }
week-more-places =
    { PLURAL($count) ->
        [one] mais { $count } lugar
       *[other] mais { $count } lugares
    }
week-counted = Por mais veículos que a noticiem, cada história conta uma só vez: no dia em que foi encontrada, no tema a que melhor corresponde e em cada lugar de que trata.
week-no-places = Havia histórias demais para procurar os lugares de todas.
week-bare = O resumo da semana
week-feeds = Fontes
week-feeds-new = Novas
week-feeds-gone = Retiradas
week-feeds-rates = Mais ou menos notícias do que o habitual
week-rate =
    { PLURAL($count) ->
        [one] { $count } notícia
       *[other] { $count } notícias
    }; o habitual numa semana: { $habit }
week-feeds-before =
    { PLURAL($count) ->
        [one] { $count } fonte tem problemas desde antes desta semana.
       *[other] { $count } fontes têm problemas desde antes desta semana.
    }
week-feeds-same = Nada mudou nas fontes.

## Notices to operators

health-changed = O estado das fontes mudou
get-no-mail = Não recebem e-mail
in-trouble = Com problemas
fine-again = De novo em ordem
feeds-in-trouble =
    { PLURAL($count) ->
        [one] { $count } fonte está com problemas
       *[other] { $count } fontes estão com problemas
    }
feeds-fine-again =
    { PLURAL($count) ->
        [one] { $count } fonte voltou ao normal
       *[other] { $count } fontes voltaram ao normal
    }
feeds-in-trouble-and-fine =
    { PLURAL($count) ->
        [one] { $count } fonte com problemas, { $fine } de novo em ordem
       *[other] { $count } fontes com problemas, { $fine } de novo em ordem
    }
recipients-without-mail =
    { PLURAL($count) ->
        [one] { $count } destinatário não recebe e-mail
       *[other] { $count } destinatários não recebem e-mail
    }
feeds-never-readable =
    { PLURAL($count) ->
        [one] { $count } fonte tem páginas que nunca podem ser lidas
       *[other] { $count } fontes têm páginas que nunca podem ser lidas
    }
status-shows = { $command } mostra o estado de tudo. Numa fonte com problemas pode haver notícias que ninguém vê.

## Why a story that was told is told at once again

news-corroborated =
    { PLURAL($count) ->
        [one] { $count } veículo independente a noticia: { $outlet }.
       *[other] { $count } veículos independentes a noticiam: { $outlet }.
    }
news-victims =
    O número aumentou: { PLURAL($counted) ->
        [one] { $counted } morto ou ferido
       *[other] { $counted } mortos ou feridos
    }; antes, o número informado era { $told }.
news-victims-first =
    Primeiro número: { PLURAL($counted) ->
        [one] { $counted } morto ou ferido
       *[other] { $counted } mortos ou feridos
    }; antes nenhum tinha sido informado.
news-corrected = Corrigido: { $outlet }.
news-corrected-by = Corrigido por { $by }: { $outlet }.
changed-became = dizia “{ $before }”, agora diz “{ $after }”
changed-says = agora diz “{ $words }”
news-watch = Informada de novo, porque outra busca a encontrou.
news-more = Não há nada de novo. É informada mesmo assim, porque você não recebe resumos.
news-awaited =
    { PLURAL($count) ->
        [one] Até agora { $count } veículo independente a noticia, e a busca pede { $asked }. É informada mesmo assim, porque você não recebe resumos.
       *[other] Até agora { $count } veículos independentes a noticiam, e a busca pede { $asked }. É informada mesmo assim, porque você não recebe resumos.
    }
