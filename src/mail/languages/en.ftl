# What mails say, in English. Each message is said by its key; see src/mail/language.rs.
# PLURAL($count) is the category of the number by the CLDR: one, other.

## Names and marks

months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
weekdays = Mon Tue Wed Thu Fri Sat Sun
date-time = { $weekday } { $day } { $month } { $year }, { $time } { $zone }
short-date-time = { $weekday } { $day } { $month }, { $time }
# Between the parts of a list, and before its last.
comma = { ", " }
and = { " and " }
# Between clauses.
semicolon = { "; " }
# Between a name and what is said of it.
colon = { ": " }
quoted = "{ $text }"

## The head

new-items =
    { PLURAL($count) ->
        [one] { $count } new item
       *[other] { $count } new items
    }
new-items-in-topics =
    { PLURAL($count) ->
        [one] { $count } new item
       *[other] { $count } new items
    } in { PLURAL($topics) ->
        [one] { $topics } topic
       *[other] { $topics } topics
    }
new-stories =
    { PLURAL($count) ->
        [one] { $count } new story
       *[other] { $count } new stories
    } from { PLURAL($items) ->
        [one] { $items } item
       *[other] { $items } items
    }
new-stories-in-topics =
    { PLURAL($count) ->
        [one] { $count } new story
       *[other] { $count } new stories
    } from { PLURAL($items) ->
        [one] { $items } item
       *[other] { $items } items
    } in { PLURAL($topics) ->
        [one] { $topics } topic
       *[other] { $topics } topics
    }
# Stories that an earlier mail told, of which there is only more.
stories-developing =
    { PLURAL($count) ->
        [one] more on { $count } story told before
       *[other] more on { $count } stories told before
    }
nothing-new = Nothing new
nothing-new-beside-alerts = Nothing new beside the alerts
items-not-mailed =
    { PLURAL($count) ->
        [one] { $count } item could not be mailed
       *[other] { $count } items could not be mailed
    }
alerts-sent-before =
    { PLURAL($count) ->
        [one] { $count } alert sent before
       *[other] { $count } alerts sent before
    }
items-found-later =
    { PLURAL($count) ->
        [one] { $count } item found later
       *[other] { $count } items found later
    }
items-appeared-at-once =
    { PLURAL($count) ->
        [one] { $count } older item appeared at once
       *[other] { $count } older items appeared at once
    }
# A watch or a place with far more than its habit.
unusual =
    Unusual: { PLURAL($count) ->
        [one] { $count } story
       *[other] { $count } stories
    } under { $name } on { $day }, where { $habit } is usual for that weekday (median of { $weeks } weeks)
unusual-more =
    { PLURAL($count) ->
        [one] { $count } more day was unusual for a watch or a place.
       *[other] { $count } more days were unusual for watches or places.
    }
digest-for-alerts = So many alerts were due within an hour that this digest takes their place.

## Subjects

new =
    { PLURAL($count) ->
        [one] { $count } new
       *[other] { $count } new
    }
feeds-polled =
    { PLURAL($count) ->
        [one] { $count } feed polled
       *[other] { $count } feeds polled
    }
no-feed-polled = No feed was polled
silent-for-long =
    { PLURAL($count) ->
        [one] { $count } silent for long
       *[other] { $count } silent for long
    }
watches-muted =
    { PLURAL($count) ->
        [one] { $count } watch muted
       *[other] { $count } watches muted
    }
corrected = Corrected: { $title }

## What may be missing

complete =
    { PLURAL($count) ->
        [one] Complete: { $count } feed was read, and it works
       *[other] Complete: { $count } feeds were read, and none is failing
    }
not-complete = Not complete: { $doubts }
doubt-failing =
    { PLURAL($count) ->
        [one] { $count } feed is failing
       *[other] { $count } feeds are failing
    }
doubt-not-read-whole =
    { PLURAL($count) ->
        [one] { $count } feed could not be read whole
       *[other] { $count } feeds could not be read whole
    }
doubt-possibly-missed =
    { PLURAL($count) ->
        [one] { $count } feed may have lost items between two polls
       *[other] { $count } feeds may have lost items between two polls
    }
doubt-handled-with-care =
    { PLURAL($count) ->
        [one] { $count } feed is handled with care
       *[other] { $count } feeds are handled with care
    }
doubt-interrupted =
    { PLURAL($count) ->
        [one] { $count } feed failed for a while
       *[other] { $count } feeds failed for a while
    }
doubt-not-delivered =
    { PLURAL($count) ->
        [one] { $count } earlier mail could not be delivered
       *[other] { $count } earlier mails could not be delivered
    }

## How much is here

more-topics =
    { PLURAL($count) ->
        [one] { $count } more topic
       *[other] { $count } more topics
    }
more-feeds =
    { PLURAL($count) ->
        [one] { $count } more feed
       *[other] { $count } more feeds
    }
no-topic = Other
no-place = No place named
kept-out = What was found is kept out of this mail. Read it on the machine that runs newsvigil: { $command }.
refused-words = The mail server refused this mail for its content, so the words of feeds are left out but for headlines; { $command } shows everything.
refused-all-but-headline = The mail server refused this mail for its content, so nothing but the headline is here; { $command } shows everything.
refused-everything = The mail server refused the words of what was found; { $command } shows everything.
item-numbers =
    { PLURAL($count) ->
        [one] Item { $numbers }.
       *[other] Items { $numbers }.
    }
in-full = In full: { $count }.
as-headlines = As headlines: { $count }.
by-count = Only counted: { $count }.
attached = Attached: { $file }, with all hits: { $total }.
attached-in-part = Attached: { $file }, with the newest { $shown } of { $total } hits. { $command } lists all.
told-by-count = Only counted
no-room = There is no room here for these. { $command } lists each of them, and everything else that this mail tells.
by-topic = By topic
appeared-at-once = Appeared at once
not-there-before = These are old, and were not in their feeds before. { $command } lists each of them.
part-of = { $shown } of { $total }

## Items

headlines = Headlines
urgent = Urgent: { $topic }
urgent-stories = Urgent
developing = More on what you were told
found-later = Found later
found-by-edited-watch = A watch that was written or edited since finds these in what was stored.
sent-before = Sent before, as alerts
more-listed = And { $count } more: see { $command }.
undated = undated, first seen { $time }
revised = revised
matched-by = Matched by
matched-words = Matched by
found-in-article = Found in the article, not in what the feed says.
in-article = (in the article, not in what the feed says)
more-watches =
    { PLURAL($count) ->
        [one] and { $count } more watch
       *[other] and { $count } more watches
    }
first-reported = First reported by { $outlet }, { $time }.
# How many independent outlets report a story, and how many carry the same text of it.
own-words =
    { PLURAL($count) ->
        [one] { $count } outlet in its own words
       *[other] { $count } outlets in their own words
    }
one-text =
    { PLURAL($count) ->
        [one] { $count } carries one text
       *[other] { $count } carry one text
    }
outlets-carry-one-text =
    { PLURAL($count) ->
        [one] { $count } outlet carries one text
       *[other] { $count } outlets carry one text
    }
items-in-all =
    { PLURAL($count) ->
        [one] { $count } item in all.
       *[other] { $count } items in all.
    }
# In front of a list of outlets.
also-in = Also in:
same-text-in = The same text in:
more-reports = More reports:
also-in-languages = Also in { $languages }.
also-matched-by = Also matched by: { $watches }.
also-under = Also under { $topics }.
and-outlets =
    { PLURAL($count) ->
        [one] +{ $count } outlet
       *[other] +{ $count } outlets
    }
and-items =
    { PLURAL($count) ->
        [one] +{ $count } item
       *[other] +{ $count } items
    }
more-outlets =
    { PLURAL($count) ->
        [one] { $count } more outlet
       *[other] { $count } more outlets
    }
more-items =
    { PLURAL($count) ->
        [one] { $count } more item
       *[other] { $count } more items
    }
item-number = Item { $item }.

## Topics of the watches that come with newsvigil

topic-assembly = Assembly and protest
topic-cases = Names and cases
topic-children = Rights of the child
topic-defenders = Human-rights defenders
topic-detention = Detention and fair trial
topic-digital = Surveillance and digital rights
topic-disappearance = Disappearance and abduction
topic-discrimination = Discrimination and hate
topic-expression = Press and free expression
topic-indigenous = Indigenous peoples and land
topic-justice = Justice and impunity
topic-killings = Killings and the death penalty
topic-labour = Slavery, trafficking and labour
topic-lgbti = LGBTI rights
topic-refugees = Refugees and migrants
topic-social-rights = Housing, health and water
topic-torture = Torture and ill-treatment
topic-war-crimes = War crimes and genocide
topic-women = Women’s rights

## Languages, as “Also in { $languages }.” names them

language-ar = Arabic
language-bn = Bengali
language-de = German
language-en = English
language-es = Spanish
language-fa = Persian
language-fr = French
language-hi = Hindi
language-id = Indonesian
language-it = Italian
language-ja = Japanese
language-ko = Korean
language-pl = Polish
language-pt = Portuguese
language-ru = Russian
language-sw = Swahili
language-th = Thai
language-tr = Turkish
language-uk = Ukrainian
language-zh = Chinese

## The foot

how-complete = How complete this is
polled =
    { PLURAL($count) ->
        [one] { $count } feed was polled
       *[other] { $count } feeds were polled
    }
polled-since =
    { PLURAL($count) ->
        [one] { $count } feed was polled since { $since }
       *[other] { $count } feeds were polled since { $since }
    }
nothing-polled = No feed was polled in this time: silence means nothing.
nothing-missing = None is failing, and nothing is known to be missing.
feeds-silent =
    { PLURAL($count) ->
        [one] { $count } feed has been silent for longer than usual.
       *[other] { $count } feeds have been silent for longer than usual.
    }
watches-are-muted =
    { PLURAL($count) ->
        [one] { $count } watch is muted.
       *[other] { $count } watches are muted.
    }
held-back =
    { PLURAL($count) ->
        [one] { $count } hit was held back while its watch was muted
       *[other] { $count } hits were held back while their watches were muted
    }
failing = Failing
not-read-whole = Not read whole
possibly-missed = Possibly missed items
handled-with-care = Handled with care
interrupted = Failed for a while, working again
silent = Silent for longer than usual
never-readable = Pages that are never readable
muted = Muted
no-longer-muted = No longer muted
muted-until =
    { PLURAL($count) ->
        [one] until { $until }, { $count } hit held back
       *[other] until { $until }, { $count } hits held back
    }
not-delivered = Mails that could not be delivered
queued = queued { $since }
queued-since = queued since { $since }
since = since { $since }
since-at-the-earliest = since { $since } at the earliest
until = until { $until }
until-at-the-latest = until { $until } at the latest
several-feeds =
    { PLURAL($count) ->
        [one] { $count } feed
       *[other] { $count } feeds
    }
# Several feeds, each of which is what follows.
each-of-feeds = { $feeds }, each
several-recipients =
    { PLURAL($count) ->
        [one] { $count } recipient
       *[other] { $count } recipients
    }
several-mails =
    { PLURAL($count) ->
        [one] { $count } mail
       *[other] { $count } mails
    }
more-names =
    { PLURAL($count) ->
        [one] { $count } more
       *[other] { $count } more
    }
# How long a feed is silent as a rule.
hours =
    { PLURAL($count) ->
        [one] { $count } hour
       *[other] { $count } hours
    }
days =
    { PLURAL($count) ->
        [one] { $count } day
       *[other] { $count } days
    }
as-of = As of { $time }.
covers = Covers { $from } to { $to }.
covers-everything = Covers everything up to { $to }.
times-of-zone = Times are those of { $zone }.
mail-number = Mail { $number }: { $command }
to-receive-less = To receive less, or nothing, write to { $address }.

## What troubles a feed

feed-gone = its publisher says that it is over (410); it is no longer asked
feed-silent = silent, though at most { $habit } usually pass between two items
feed-dead = answers, but has had nothing new for weeks
feed-overflowing = publishes faster than it was polled: items may have been missed; it is polled sooner now
feed-suspected = was being read when newsvigil was killed; it is polled alone now
feed-interrupted = was being asked when newsvigil was killed
feed-restless =
    { PLURAL($count) ->
        [one] changes all its items at every poll ({ $count } time in a row): is there a counter or the time in its text?
       *[other] changes all its items at every poll ({ $count } times in a row): is there a counter or the time in its text?
    }
feed-over-budget =
    { PLURAL($count) ->
        [one] brings more than a feed may in a day: { $count } item was left out, and is taken after midnight UTC if it still has it
       *[other] brings more than a feed may in a day: { $count } items were left out, and are taken after midnight UTC if it still has them
    }
# Nothing is left out of it now: all were taken later, or some.
feed-was-over-budget =
    { PLURAL($count) ->
        [one] brought more than a feed may in a day: { $count } item was left out, and taken later
       *[other] brought more than a feed may in a day: { $count } items were left out, and all of them taken later
    }
feed-was-over-budget-in-part =
    { PLURAL($count) ->
        [one] brought more than a feed may in a day: { $count } item was left out, { $taken } of them taken later
       *[other] brought more than a feed may in a day: { $count } items were left out, { $taken } of them taken later
    }
feed-over-budget-gone =
    { PLURAL($count) ->
        [one] { $count } item was gone before it could be taken
       *[other] { $count } items were gone before they could be taken
    }
loss-broken-off-at-once = it breaks off before its first item ends
loss-broken-off =
    { PLURAL($count) ->
        [one] it breaks off after { $count } item
       *[other] it breaks off after { $count } items
    }
loss-unread =
    { PLURAL($count) ->
        [one] { $count } item could not be read
       *[other] { $count } items could not be read
    }
loss-surplus =
    { PLURAL($count) ->
        [one] it has more items than are kept, and the oldest was left out
       *[other] { $count } items were left out, the oldest, for it has more than are kept
    }
loss-shortened =
    { PLURAL($count) ->
        [one] { $count } item is so long that its text was cut
       *[other] { $count } items are so long that their texts were cut
    }
loss-crowded =
    { PLURAL($count) ->
        [one] { $count } item has more authors, categories or texts than are kept
       *[other] { $count } items have more authors, categories or texts than are kept
    }
loss-garbled =
    { PLURAL($count) ->
        [one] { $count } item has characters that cannot be read
       *[other] { $count } items have characters that cannot be read
    }
loss-parts =
    { PLURAL($count) ->
        [one] { $count } part of its index of sitemaps could not be read
       *[other] { $count } parts of its index of sitemaps could not be read
    }
# Of feeds that are fine again.
was-failing = it was failing
was-gone = it was said to be over
was-silent = it was silent
was-dead = it had nothing new for weeks
was-incomplete = it could not be read whole
was-overflowing = it published faster than it was polled
was-suspected = it was being asked when newsvigil was killed
was-over-budget = it brought more than a feed may
was-restless = it changed all its items at every poll
no-mail = no mail can be made: { $why }

## How the pages behind items were read

pages-behind-items = Pages behind items: { $reading }.
pages-read-whole =
    { PLURAL($count) ->
        [one] { $count } read whole
       *[other] { $count } read whole
    }
no-page-read-whole = none read whole
pages-by-feed-text =
    { PLURAL($count) ->
        [one] { $count } by the feed's text only: { $causes }
       *[other] { $count } by the feed's text only: { $causes }
    }
pages-waited-for =
    { PLURAL($count) ->
        [one] { $count } page is still waited for
       *[other] { $count } pages are still waited for
    }
# Some of them for one cause, all of several, and the only one.
pages-of-cause = { $count } { $cause }
page-of-cause = { $cause }
all-of-cause = all { $cause }
page-feed-text = with too little text on the page
page-paywalled = paywalled
page-challenge = behind a test for robots
page-consent-wall = behind a consent wall
page-script-only = readable only with scripts
page-robots = refused by robots.txt
page-not-html = leading to no web page
page-too-big = too big
page-gone = gone
page-unreachable = unreachable
page-not-asked = not asked for
pages-never-read =
    { PLURAL($count) ->
        [one] its last page was not read whole: { $causes }; { $advice }
       *[other] none of its last { $count } pages was read whole: { $causes }; { $advice }
    }
advice-paywalled = with a subscription, set its `cookie` in feeds.toml; articles = "off" stops asking for them
advice-selector = `newsvigil article show URL --selector CSS` tries a `selector` for feeds.toml; articles = "off" stops asking
advice-off = articles = "off" in feeds.toml stops asking for them

## The week

day = { $weekday } { $day } { $month }
week-stories =
    { PLURAL($count) ->
        [one] { $count } story
       *[other] { $count } stories
    }
week-subject = Week of { $first }: { $what }
week-of = { $first } to { $last }: { $what }
week-habit = { $habit } in a usual week (median of the eight before it).
week-habit-of-fewer =
    { PLURAL($count) ->
        [one] { $habit } in a usual week (the only one of the eight before it that can be compared).
       *[other] { $habit } in a usual week (median of those { $count } of the eight before it that can be compared).
    }
week-nothing-to-compare = There is nothing to compare it with yet: none of the eight weeks before was watched every day.
week-of-weeks = (median of { $weeks } weeks)
week-too-little =
    { PLURAL($count) ->
        [one] There is too little to compare it with yet: { $count } of the eight weeks before was watched every day, and it takes four.
       *[other] There is too little to compare it with yet: { $count } of the eight weeks before were watched every day, and it takes four.
    }
week-days-missed =
    { PLURAL($count) ->
        [one] Most feeds were read on only { $count } of its seven days, so there may have been more.
       *[other] Most feeds were read on only { $count } of its seven days, so there may have been more.
    }
week-no-day-read = On no day of this week were most feeds read, so there may have been more.
week-feeds-missed =
    { PLURAL($count) ->
        [one] { $count } of { $all } feeds was not read on any day of this week.
       *[other] { $count } of { $all } feeds were not read on any day of this week.
    }
week-feeds-read =
    { PLURAL($count) ->
        [one] { $count } feed was read.
       *[other] All { $count } feeds were read.
    }
week-not-watched = not watched
week-unwatched = No feed was read on any day of this week: what happened in it is not known.
week-read-in-part = { $what }, read on { $days } of 7 days
week-read-on-no-day = { $what }, most feeds read on no day
week-missed = No summary was made of the time from { $first } to { $last }.
week-unusual = Unusual
week-unusual-line =
    { $name }: { PLURAL($count) ->
        [one] { $count } story
       *[other] { $count } stories
    }, against { $habit } in a usual week
week-unusual-none =
    { $name }: { PLURAL($count) ->
        [one] { $count } story
       *[other] { $count } stories
    }, against none in a usual week
week-unusual-more = More: { $command }
week-by-place = By place
week-usually = usually { $habit }
week-more-places =
    { PLURAL($count) ->
        [one] { $count } more place
       *[other] { $count } more places
    }
week-counted = A story counts once, however many report it: on the day it was first found, under the topic that it matches best, and under each place that it is about.
week-no-places = There were too many stories to look for the places of all of them.
week-bare = The summary of the week
week-feeds = Feeds
week-feeds-new = Read for the first time
week-feeds-gone = No longer read
week-feeds-rates = More or fewer items than usual
week-rate =
    { PLURAL($count) ->
        [one] { $count } item
       *[other] { $count } items
    }, against { $habit } in a usual week
week-feeds-before =
    { PLURAL($count) ->
        [one] { $count } feed has been in trouble since before this week.
       *[other] { $count } feeds have been in trouble since before this week.
    }
week-feeds-same = Nothing has changed in the feeds.

## Notices to operators

health-changed = The health of feeds has changed
get-no-mail = Get no mail
in-trouble = In trouble
fine-again = Fine again
feeds-in-trouble =
    { PLURAL($count) ->
        [one] { $count } feed is in trouble
       *[other] { $count } feeds are in trouble
    }
feeds-fine-again =
    { PLURAL($count) ->
        [one] { $count } feed is fine again
       *[other] { $count } feeds are fine again
    }
feeds-in-trouble-and-fine =
    { PLURAL($count) ->
        [one] { $count } feed in trouble, { $fine } fine again
       *[other] { $count } feeds in trouble, { $fine } fine again
    }
recipients-without-mail =
    { PLURAL($count) ->
        [one] { $count } recipient gets no mail
       *[other] { $count } recipients get no mail
    }
feeds-never-readable =
    { PLURAL($count) ->
        [one] { $count } feed has pages that are never readable
       *[other] { $count } feeds have pages that are never readable
    }
status-shows = { $command } shows how everything stands. What is in trouble may hold items that nobody sees.

## Why a story that was told is told at once again

news-corroborated =
    { PLURAL($count) ->
        [one] { $count } independent outlet reports it: { $outlet }.
       *[other] { $count } independent outlets report it: { $outlet }.
    }
news-victims = The count has grown: { $counted } dead or hurt, where you were told of { $told }.
news-victims-first = Now with a count: { $counted } dead or hurt, where you were told of none.
news-corrected = Corrected: { $outlet }.
news-corrected-by = Corrected by { $by }: { $outlet }.
changed-became = was “{ $before }”, now “{ $after }”
changed-says = it now says “{ $words }”
news-watch = Told again, because another watch found it.
news-more = Nothing in it is new. It is told all the same, since you get no digests.
news-awaited =
    { PLURAL($count) ->
        [one] { $count } independent outlet reports it so far, and its watch asks for { $asked }. It is told all the same, since you get no digests.
       *[other] { $count } independent outlets report it so far, and its watch asks for { $asked }. It is told all the same, since you get no digests.
    }
