# What mails say, in Portuguese. The categories of numbers: one (0 and 1), other.

## Names and marks

months = jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.
weekdays = seg. ter. qua. qui. sex. sáb. dom.
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
        [one] mais sobre { $count } história já contada
       *[other] mais sobre { $count } histórias já contadas
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
    } em “{ $name }” em { $day }; o habitual nesse dia da semana é { $habit } (por { $weeks } semanas)
unusual-more =
    { PLURAL($count) ->
        [one] Houve mais { $count } dia fora do comum numa busca ou lugar.
       *[other] Houve mais { $count } dias fora do comum em buscas e lugares.
    }
digest-for-alerts = Havia tantos alertas a enviar em uma hora que este resumo os substitui.

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
        [one] { $count } calada há muito tempo
       *[other] { $count } caladas há muito tempo
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
        [one] { $count } fonte pode ter perdido notícias entre duas consultas
       *[other] { $count } fontes podem ter perdido notícias entre duas consultas
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
kept-out = O que foi encontrado não consta deste e-mail. Leia na máquina em que o newsvigil funciona: { $command }.
refused-words = O servidor de e-mail recusou esta mensagem pelo conteúdo; por isso só ficaram os títulos, sem o restante do texto das fontes. { $command } mostra tudo.
refused-all-but-headline = O servidor de e-mail recusou esta mensagem pelo conteúdo; por isso aqui está só o título. { $command } mostra tudo.
refused-everything = O servidor de e-mail recusou o texto do que foi encontrado; { $command } mostra tudo.
item-numbers =
    { PLURAL($count) ->
        [one] Notícia { $numbers }.
       *[other] Notícias { $numbers }.
    }
in-full = Completas: { $count }.
as-headlines = Só o título: { $count }.
by-count = Só contadas: { $count }.
attached = Anexo: { $file }, com todas as ocorrências: { $total }.
attached-in-part = Anexo: { $file }, com as { $shown } ocorrências mais recentes de { $total }. { $command } lista todas.
told-by-count = Só contadas
no-room = Estas não cabem aqui. { $command } lista cada uma e tudo o mais que este e-mail conta.
by-topic = Por tema
appeared-at-once = Surgidas de uma só vez
not-there-before = São antigas e antes não estavam em suas fontes. { $command } lista todas.
part-of = { $shown } de { $total }

## Items

headlines = Títulos
urgent = Urgente: { $topic }
urgent-stories = Urgente
developing = Mais sobre o que já foi contado
found-later = Encontradas depois
found-by-edited-watch = Uma busca escrita ou alterada desde então encontra estas no que já estava guardado.
sent-before = Enviadas antes, como alertas
more-listed = E mais { $count }: veja { $command }.
undated = sem data, vista pela primeira vez: { $time }
revised = revisada
matched-by = Corresponde a
matched-words = Palavras encontradas
found-in-article = Encontrada no artigo, não no que a fonte diz.
in-article = (no artigo, não no que a fonte diz)
more-watches =
    { PLURAL($count) ->
        [one] e mais { $count } busca
       *[other] e mais { $count } buscas
    }
first-reported = Noticiado primeiro por { $outlet }, { $time }.
own-words =
    { PLURAL($count) ->
        [one] { $count } veículo com palavras próprias
       *[other] { $count } veículos com palavras próprias
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
also-matched-by = Corresponde também a: { $watches }.
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

how-complete = Está completo?
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
nothing-missing = Nenhuma está falhando e, que se saiba, nada falta.
feeds-silent =
    { PLURAL($count) ->
        [one] { $count } fonte está calada há mais tempo que o habitual.
       *[other] { $count } fontes estão caladas há mais tempo que o habitual.
    }
watches-are-muted =
    { PLURAL($count) ->
        [one] { $count } busca está silenciada.
       *[other] { $count } buscas estão silenciadas.
    }
failing = Falhando
not-read-whole = Não lidas por inteiro
possibly-missed = Notícias talvez perdidas
handled-with-care = Tratadas com cautela
interrupted = Falharam por algum tempo e voltaram a funcionar
silent = Caladas há mais tempo que o habitual
never-readable = Páginas que nunca podem ser lidas
muted = Silenciadas
no-longer-muted = Não mais silenciadas
muted-until =
    { PLURAL($count) ->
        [one] até { $until }, { $count } ocorrência retida
       *[other] até { $until }, { $count } ocorrências retidas
    }
not-delivered = E-mails que não puderam ser entregues
queued = na fila em { $since }
queued-since = na fila desde { $since }
since = desde { $since }
since-at-the-earliest = no mínimo desde { $since }
until = até { $until }
until-at-the-latest = no máximo até { $until }
several-feeds =
    { PLURAL($count) ->
        [one] { $count } fonte
       *[other] { $count } fontes
    }
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
as-of = Situação em { $time }.
covers = Abrange de { $from } até { $to }.
covers-everything = Abrange tudo até { $to }.
times-of-zone = Os horários são os de { $zone }.
mail-number = E-mail { $number }: { $command }
to-receive-less = Para receber menos, ou nada, escreva para { $address }.

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
        [one] { $count } só pelo texto da fonte: { $causes }
       *[other] { $count } só pelo texto da fonte: { $causes }
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
page-script-only = com texto que exige scripts
page-robots = por recusa do robots.txt
page-not-html = sem página web
page-too-big = por excesso de tamanho
page-gone = com a página removida
page-unreachable = sem resposta
page-not-asked = sem pedido feito

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
week-nothing-to-compare = Não há com que comparar: nenhuma das oito semanas anteriores foi acompanhada em todos os seus dias.
week-of-weeks = (por { $weeks } semanas)
week-too-little =
    { PLURAL($count) ->
        [one] Há muito pouco para comparar: das oito semanas anteriores, { $count } está completa, e são precisas quatro.
       *[other] Há muito pouco para comparar: das oito semanas anteriores, { $count } estão completas, e são precisas quatro.
    }
week-days-missed =
    { PLURAL($count) ->
        [one] A maioria das fontes foi lida só em { $count } dos seus sete dias, por isso pode ter havido mais.
       *[other] A maioria das fontes foi lida só em { $count } dos seus sete dias, por isso pode ter havido mais.
    }
week-feeds-missed =
    { PLURAL($count) ->
        [one] { $count } de { $all } fontes não foi lida em nenhum dos seus dias.
       *[other] { $count } de { $all } fontes não foram lidas em nenhum dos seus dias.
    }
week-feeds-read =
    { PLURAL($count) ->
        [one] Foi lida { $count } fonte.
       *[other] Todas as fontes foram lidas: { $count }.
    }
week-not-watched = sem acompanhamento
week-unwatched = Nenhuma fonte foi lida em nenhum dos seus dias: não se sabe o que aconteceu.
week-read-in-part = { $what }, com leitura em { $days } de 7 dias
week-missed = Não foi feito nenhum resumo do tempo de { $first } a { $last }.
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
week-counted = Uma história que muitos contam vale por uma: no dia em que foi encontrada primeiro, no tema a que melhor corresponde e em cada lugar de que trata.
week-no-places = Houve histórias demais para examinar os lugares de todas.
week-bare = O resumo da semana
week-feeds = Fontes
week-feeds-new = Lidas pela primeira vez
week-feeds-gone = Já não são lidas
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
status-shows = { $command } mostra como está tudo. O que tem problemas pode conter notícias que ninguém vê.

## Why a story that was told is told at once again

news-corroborated =
    { PLURAL($count) ->
        [one] { $count } veículo independente a noticia: { $outlet }.
       *[other] { $count } veículos independentes a noticiam: { $outlet }.
    }
news-victims = O número cresceu: { $counted } mortos ou feridos; antes se contavam { $told }.
news-victims-first = Agora com número: { $counted } mortos ou feridos; antes não se contava nenhum.
news-corrected = Corrigido: { $outlet }.
news-corrected-by = Corrigido por { $by }: { $outlet }.
changed-became = dizia “{ $before }”, agora diz “{ $after }”
changed-says = agora diz “{ $words }”
news-watch = Contada de novo, porque outra busca a encontrou.
news-more = Não traz nada de novo. É contada mesmo assim, porque você não recebe resumos.
news-awaited =
    { PLURAL($count) ->
        [one] Até agora { $count } veículo independente a noticia, e a busca pede { $asked }. É contada mesmo assim, porque você não recebe resumos.
       *[other] Até agora { $count } veículos independentes a noticiam, e a busca pede { $asked }. É contada mesmo assim, porque você não recebe resumos.
    }
