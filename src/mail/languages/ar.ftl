# What mails say, in Arabic. The categories of numbers: zero, one, two, few (3 to 10, 103), many (11 to 99, 111),
# other (100 to 102).

## Names and marks

months = يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
weekdays = الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
date-time = { $weekday }، { $day } { $month } { $year }، { $time } { $zone }
short-date-time = { $weekday }، { $day } { $month }، { $time }
comma = { "، " }
and = { " و" }
semicolon = { "؛ " }
colon = { ": " }
quoted = «{ $text }»

## The head

new-items =
    { PLURAL($count) ->
        [zero] لا مواد جديدة
        [one] مادة جديدة واحدة
        [two] مادتان جديدتان
        [few] { $count } مواد جديدة
        [many] { $count } مادة جديدة
       *[other] { $count } مادة جديدة
    }
new-items-in-topics =
    { PLURAL($count) ->
        [zero] لا مواد جديدة
        [one] مادة جديدة واحدة
        [two] مادتان جديدتان
        [few] { $count } مواد جديدة
        [many] { $count } مادة جديدة
       *[other] { $count } مادة جديدة
    } في { PLURAL($topics) ->
        [zero] { $topics } موضوع
        [one] موضوع واحد
        [two] موضوعين
        [few] { $topics } موضوعات
        [many] { $topics } موضوعًا
       *[other] { $topics } موضوع
    }
new-stories =
    { PLURAL($count) ->
        [zero] لا أخبار جديدة
        [one] خبر جديد واحد
        [two] خبران جديدان
        [few] { $count } أخبار جديدة
        [many] { $count } خبرًا جديدًا
       *[other] { $count } خبر جديد
    } ({ PLURAL($items) ->
        [zero] { $items } مادة
        [one] مادة واحدة
        [two] مادتان
        [few] { $items } مواد
        [many] { $items } مادة
       *[other] { $items } مادة
    })
new-stories-in-topics =
    { PLURAL($count) ->
        [zero] لا أخبار جديدة
        [one] خبر جديد واحد
        [two] خبران جديدان
        [few] { $count } أخبار جديدة
        [many] { $count } خبرًا جديدًا
       *[other] { $count } خبر جديد
    } ({ PLURAL($items) ->
        [zero] { $items } مادة
        [one] مادة واحدة
        [two] مادتان
        [few] { $items } مواد
        [many] { $items } مادة
       *[other] { $items } مادة
    }) في { PLURAL($topics) ->
        [zero] { $topics } موضوع
        [one] موضوع واحد
        [two] موضوعين
        [few] { $topics } موضوعات
        [many] { $topics } موضوعًا
       *[other] { $topics } موضوع
    }
stories-developing =
    { PLURAL($count) ->
        [zero] لا مزيد عن أخبار سابقة
        [one] المزيد عن خبر سابق
        [two] المزيد عن خبرين سابقين
        [few] المزيد عن { $count } أخبار سابقة
        [many] المزيد عن { $count } خبرًا سابقًا
       *[other] المزيد عن { $count } خبر سابق
    }
nothing-new = لا جديد
nothing-new-beside-alerts = لا جديد سوى التنبيهات
items-not-mailed =
    { PLURAL($count) ->
        [zero] لم يتعذر إرسال أي مادة بالبريد
        [one] تعذر إرسال مادة واحدة بالبريد
        [two] تعذر إرسال مادتين بالبريد
        [few] تعذر إرسال { $count } مواد بالبريد
        [many] تعذر إرسال { $count } مادة بالبريد
       *[other] تعذر إرسال { $count } مادة بالبريد
    }
alerts-sent-before =
    { PLURAL($count) ->
        [zero] لم يُرسل أي تنبيه من قبل
        [one] تنبيه واحد أُرسل من قبل
        [two] تنبيهان أُرسلا من قبل
        [few] { $count } تنبيهات أُرسلت من قبل
        [many] { $count } تنبيهًا أُرسل من قبل
       *[other] { $count } تنبيه أُرسل من قبل
    }
items-found-later =
    { PLURAL($count) ->
        [zero] لم يُعثر لاحقًا على أي مادة
        [one] مادة واحدة عُثر عليها لاحقًا
        [two] مادتان عُثر عليهما لاحقًا
        [few] { $count } مواد عُثر عليها لاحقًا
        [many] { $count } مادة عُثر عليها لاحقًا
       *[other] { $count } مادة عُثر عليها لاحقًا
    }
items-appeared-at-once =
    { PLURAL($count) ->
        [zero] لم تظهر أي مادة قديمة دفعة واحدة
        [one] مادة قديمة واحدة ظهرت دفعة واحدة
        [two] مادتان قديمتان ظهرتا دفعة واحدة
        [few] { $count } مواد قديمة ظهرت دفعة واحدة
        [many] { $count } مادة قديمة ظهرت دفعة واحدة
       *[other] { $count } مادة قديمة ظهرت دفعة واحدة
    }
unusual =
    غير معتاد: { PLURAL($count) ->
        [zero] لا أخبار
        [one] خبر واحد
        [two] خبران
        [few] { $count } أخبار
        [many] { $count } خبرًا
       *[other] { $count } خبر
    } تحت «{ $name }» يوم { $day }، والمعتاد في مثل هذا اليوم من الأسبوع { $habit } (بحسب { $weeks } أسابيع)
unusual-more =
    { PLURAL($count) ->
        [zero] لم تكن هناك أيام أخرى غير معتادة.
        [one] وكان يوم آخر غير معتاد في قاعدة أو مكان.
        [two] وكان يومان آخران غير معتادين في قواعد أو أماكن.
        [few] وكانت { $count } أيام أخرى غير معتادة في قواعد أو أماكن.
        [many] وكان { $count } يومًا آخر غير معتاد في قواعد أو أماكن.
       *[other] وكان { $count } يوم آخر غير معتاد في قواعد أو أماكن.
    }
digest-for-alerts = كثرت التنبيهات المستحقة خلال ساعة، فحل هذا الموجز محلها.

## Subjects

new =
    { PLURAL($count) ->
        [zero] لا أخبار جديدة
        [one] خبر جديد
        [two] خبران جديدان
        [few] { $count } أخبار جديدة
        [many] { $count } خبرًا جديدًا
       *[other] { $count } خبر جديد
    }
feeds-polled =
    { PLURAL($count) ->
        [zero] لم يُفحص أي مصدر
        [one] فُحص مصدر واحد
        [two] فُحص مصدران
        [few] فُحصت { $count } مصادر
        [many] فُحص { $count } مصدرًا
       *[other] فُحص { $count } مصدر
    }
no-feed-polled = لم يُفحص أي مصدر
silent-for-long =
    { PLURAL($count) ->
        [zero] لا مصدر صامت منذ مدة
        [one] مصدر صامت منذ مدة طويلة
        [two] مصدران صامتان منذ مدة طويلة
        [few] { $count } مصادر صامتة منذ مدة طويلة
        [many] { $count } مصدرًا صامتًا منذ مدة طويلة
       *[other] { $count } مصدر صامت منذ مدة طويلة
    }
watches-muted =
    { PLURAL($count) ->
        [zero] لا قاعدة مكتومة
        [one] قاعدة واحدة مكتومة
        [two] قاعدتان مكتومتان
        [few] { $count } قواعد مكتومة
        [many] { $count } قاعدة مكتومة
       *[other] { $count } قاعدة مكتومة
    }
corrected = تصحيح: { $title }

## What may be missing

complete =
    { PLURAL($count) ->
        [zero] مكتمل: لم يُقرأ أي مصدر، ولا مصدر معطل
        [one] مكتمل: قُرئ مصدر واحد، وهو يعمل
        [two] مكتمل: قُرئ مصدران، ولا مصدر معطل
        [few] مكتمل: قُرئت { $count } مصادر، ولا مصدر معطل
        [many] مكتمل: قُرئ { $count } مصدرًا، ولا مصدر معطل
       *[other] مكتمل: قُرئ { $count } مصدر، ولا مصدر معطل
    }
not-complete = غير مكتمل: { $doubts }
doubt-failing =
    { PLURAL($count) ->
        [zero] لا مصدر معطل
        [one] مصدر واحد معطل
        [two] مصدران معطلان
        [few] { $count } مصادر معطلة
        [many] { $count } مصدرًا معطلًا
       *[other] { $count } مصدر معطل
    }
doubt-not-read-whole =
    { PLURAL($count) ->
        [zero] لا مصدر تعذرت قراءته كاملًا
        [one] مصدر واحد تعذرت قراءته كاملًا
        [two] مصدران تعذرت قراءتهما كاملين
        [few] { $count } مصادر تعذرت قراءتها كاملة
        [many] { $count } مصدرًا تعذرت قراءتها كاملة
       *[other] { $count } مصدر تعذرت قراءتها كاملة
    }
doubt-possibly-missed =
    { PLURAL($count) ->
        [zero] لا مصدر ضاعت منه مواد
        [one] مصدر واحد ربما ضاعت منه مواد بين فحصين
        [two] مصدران ربما ضاعت منهما مواد بين فحصين
        [few] { $count } مصادر ربما ضاعت منها مواد بين فحصين
        [many] { $count } مصدرًا ربما ضاعت منها مواد بين فحصين
       *[other] { $count } مصدر ربما ضاعت منها مواد بين فحصين
    }
doubt-handled-with-care =
    { PLURAL($count) ->
        [zero] لا مصدر يُعامل بحذر
        [one] مصدر واحد يُعامل بحذر
        [two] مصدران يُعاملان بحذر
        [few] { $count } مصادر تُعامل بحذر
        [many] { $count } مصدرًا تُعامل بحذر
       *[other] { $count } مصدر تُعامل بحذر
    }
doubt-interrupted =
    { PLURAL($count) ->
        [zero] لا مصدر تعطل مدة
        [one] مصدر واحد تعطل مدة
        [two] مصدران تعطلا مدة
        [few] { $count } مصادر تعطلت مدة
        [many] { $count } مصدرًا تعطلت مدة
       *[other] { $count } مصدر تعطلت مدة
    }
doubt-not-delivered =
    { PLURAL($count) ->
        [zero] لا رسالة سابقة تعذر تسليمها
        [one] رسالة سابقة واحدة تعذر تسليمها
        [two] رسالتان سابقتان تعذر تسليمهما
        [few] { $count } رسائل سابقة تعذر تسليمها
        [many] { $count } رسالة سابقة تعذر تسليمها
       *[other] { $count } رسالة سابقة تعذر تسليمها
    }

## How much is here

more-topics =
    { PLURAL($count) ->
        [zero] لا موضوع آخر
        [one] موضوع آخر
        [two] موضوعان آخران
        [few] { $count } موضوعات أخرى
        [many] { $count } موضوعًا آخر
       *[other] { $count } موضوع آخر
    }
more-feeds =
    { PLURAL($count) ->
        [zero] لا مصدر آخر
        [one] مصدر آخر
        [two] مصدران آخران
        [few] { $count } مصادر أخرى
        [many] { $count } مصدرًا آخر
       *[other] { $count } مصدر آخر
    }
no-topic = أخرى
no-place = بلا مكان مذكور
kept-out = لا يرد ما عُثر عليه في هذه الرسالة. اقرأه على الجهاز الذي يعمل عليه ⁨newsvigil⁩: { $command }.
refused-words = رفض خادم البريد هذه الرسالة بسبب محتواها، فحُذفت نصوص المصادر ما عدا العناوين؛ { $command } يعرض كل شيء.
refused-all-but-headline = رفض خادم البريد هذه الرسالة بسبب محتواها، فلم يبق هنا سوى العنوان؛ { $command } يعرض كل شيء.
refused-everything = رفض خادم البريد نصوص ما عُثر عليه؛ { $command } يعرض كل شيء.
item-numbers =
    { PLURAL($count) ->
        [zero] المواد { $numbers }.
        [one] المادة { $numbers }.
        [two] المادتان { $numbers }.
        [few] المواد { $numbers }.
        [many] المواد { $numbers }.
       *[other] المواد { $numbers }.
    }
in-full = كاملة: { $count }.
as-headlines = بالعنوان فقط: { $count }.
by-count = معدودة فقط: { $count }.
attached = مرفق: { $file }، وفيه كل النتائج: { $total }.
attached-in-part = مرفق: { $file }، وفيه أحدث النتائج: { $shown } من { $total }. { $command } يسردها كلها.
told-by-count = معدودة فقط
no-room = لا متسع هنا لهذه المواد. { $command } يسردها واحدة واحدة، مع كل ما تخبر به هذه الرسالة.
by-topic = بحسب الموضوع
appeared-at-once = ظهرت دفعة واحدة
not-there-before = هذه مواد قديمة لم تكن في مصادرها من قبل. { $command } يسردها واحدة واحدة.
part-of = { $shown } من { $total }

## Items

headlines = العناوين
urgent = عاجل: { $topic }
urgent-stories = عاجل
developing = المزيد عما سبق إبلاغه
found-later = عُثر عليها لاحقًا
found-by-edited-watch = عثرت على هذه المواد في المحفوظ قاعدة كُتبت أو عُدلت بعده.
sent-before = أُرسلت من قبل كتنبيهات
more-listed =
    { PLURAL($count) ->
        [zero] ولا غيرها: انظر { $command }.
        [one] وواحد غيرها: انظر { $command }.
        [two] واثنان غيرها: انظر { $command }.
        [few] و{ $count } غيرها: انظر { $command }.
        [many] و{ $count } غيرها: انظر { $command }.
       *[other] و{ $count } غيرها: انظر { $command }.
    }
undated = بلا تاريخ، شوهدت أول مرة { $time }
revised = معدّلة
matched-by = طابقت
matched-words = الكلمات المطابقة
found-in-article = عُثر عليها في المقال، لا في ما يقوله المصدر.
in-article = (في المقال، لا في ما يقوله المصدر)
more-watches =
    { PLURAL($count) ->
        [zero] ولا قاعدة أخرى
        [one] وقاعدة أخرى
        [two] وقاعدتين أخريين
        [few] و{ $count } قواعد أخرى
        [many] و{ $count } قاعدة أخرى
       *[other] و{ $count } قاعدة أخرى
    }
first-reported = أول من نشره: { $outlet }، { $time }.
own-words =
    { PLURAL($count) ->
        [zero] لا وسيلة إعلام بكلماتها
        [one] وسيلة إعلام واحدة بكلماتها
        [two] وسيلتا إعلام بكلماتهما
        [few] { $count } وسائل إعلام بكلماتها
        [many] { $count } وسيلة إعلام بكلماتها
       *[other] { $count } وسيلة إعلام بكلماتها
    }
one-text =
    { PLURAL($count) ->
        [zero] لا وسيلة تنقل نصًا واحدًا
        [one] واحدة تنقل نصًا واحدًا
        [two] اثنتان تنقلان نصًا واحدًا
        [few] { $count } تنقل نصًا واحدًا
        [many] { $count } تنقل نصًا واحدًا
       *[other] { $count } تنقل نصًا واحدًا
    }
outlets-carry-one-text =
    { PLURAL($count) ->
        [zero] لا وسيلة إعلام تنقل نصًا واحدًا
        [one] وسيلة إعلام واحدة تنقل نصًا واحدًا
        [two] وسيلتا إعلام تنقلان نصًا واحدًا
        [few] { $count } وسائل إعلام تنقل نصًا واحدًا
        [many] { $count } وسيلة إعلام تنقل نصًا واحدًا
       *[other] { $count } وسيلة إعلام تنقل نصًا واحدًا
    }
items-in-all =
    { PLURAL($count) ->
        [zero] لا مواد في المجموع.
        [one] مادة واحدة في المجموع.
        [two] مادتان في المجموع.
        [few] { $count } مواد في المجموع.
        [many] { $count } مادة في المجموع.
       *[other] { $count } مادة في المجموع.
    }
also-in = أيضًا في:
same-text-in = النص نفسه في:
more-reports = تقارير أخرى:
also-in-languages = أيضًا بلغات أخرى: { $languages }.
also-matched-by = طابقت أيضًا: { $watches }.
also-under = أيضًا تحت { $topics }.
and-outlets =
    { PLURAL($count) ->
        [zero] ولا وسيلة إعلام أخرى
        [one] ووسيلة إعلام أخرى
        [two] ووسيلتا إعلام أخريان
        [few] و{ $count } وسائل إعلام أخرى
        [many] و{ $count } وسيلة إعلام أخرى
       *[other] و{ $count } وسيلة إعلام أخرى
    }
and-items =
    { PLURAL($count) ->
        [zero] ولا مادة أخرى
        [one] ومادة أخرى
        [two] ومادتان أخريان
        [few] و{ $count } مواد أخرى
        [many] و{ $count } مادة أخرى
       *[other] و{ $count } مادة أخرى
    }
more-outlets =
    { PLURAL($count) ->
        [zero] لا وسيلة إعلام أخرى
        [one] وسيلة إعلام أخرى
        [two] وسيلتا إعلام أخريان
        [few] { $count } وسائل إعلام أخرى
        [many] { $count } وسيلة إعلام أخرى
       *[other] { $count } وسيلة إعلام أخرى
    }
more-items =
    { PLURAL($count) ->
        [zero] لا مواد أخرى
        [one] مادة أخرى
        [two] مادتان أخريان
        [few] { $count } مواد أخرى
        [many] { $count } مادة أخرى
       *[other] { $count } مادة أخرى
    }
item-number = المادة { $item }.

## Topics of the watches that come with newsvigil

topic-assembly = التجمع والاحتجاج
topic-cases = أسماء وقضايا
topic-children = حقوق الطفل
topic-defenders = المدافعون عن حقوق الإنسان
topic-detention = الاحتجاز والمحاكمة العادلة
topic-digital = المراقبة والحقوق الرقمية
topic-disappearance = الاختفاء والاختطاف
topic-discrimination = التمييز والكراهية
topic-expression = الصحافة وحرية التعبير
topic-indigenous = الشعوب الأصلية والأرض
topic-justice = العدالة والإفلات من العقاب
topic-killings = القتل وعقوبة الإعدام
topic-labour = الرق والاتجار بالبشر والعمل
topic-lgbti = حقوق مجتمع الميم
topic-refugees = اللاجئون والمهاجرون
topic-social-rights = السكن والصحة والمياه
topic-torture = التعذيب وسوء المعاملة
topic-war-crimes = جرائم الحرب والإبادة الجماعية
topic-women = حقوق المرأة

## Languages, as “also-in-languages” names them

language-ar = العربية
language-bn = البنغالية
language-de = الألمانية
language-en = الإنجليزية
language-es = الإسبانية
language-fa = الفارسية
language-fr = الفرنسية
language-hi = الهندية
language-id = الإندونيسية
language-it = الإيطالية
language-ja = اليابانية
language-ko = الكورية
language-pl = البولندية
language-pt = البرتغالية
language-ru = الروسية
language-sw = السواحلية
language-th = التايلاندية
language-tr = التركية
language-uk = الأوكرانية
language-zh = الصينية

## The foot

how-complete = ما مدى اكتمال هذا؟
polled =
    { PLURAL($count) ->
        [zero] لم يُفحص أي مصدر
        [one] فُحص مصدر واحد
        [two] فُحص مصدران
        [few] فُحصت { $count } مصادر
        [many] فُحص { $count } مصدرًا
       *[other] فُحص { $count } مصدر
    }
polled-since =
    { PLURAL($count) ->
        [zero] لم يُفحص أي مصدر منذ { $since }
        [one] فُحص مصدر واحد منذ { $since }
        [two] فُحص مصدران منذ { $since }
        [few] فُحصت { $count } مصادر منذ { $since }
        [many] فُحص { $count } مصدرًا منذ { $since }
       *[other] فُحص { $count } مصدر منذ { $since }
    }
nothing-polled = لم يُفحص أي مصدر في هذه المدة: الصمت لا يعني شيئًا.
nothing-missing = لا مصدر معطل، ولا يُعرف أن شيئًا ينقص.
feeds-silent =
    { PLURAL($count) ->
        [zero] لا مصدر صامت أطول من المعتاد.
        [one] مصدر واحد صامت أطول من المعتاد.
        [two] مصدران صامتان أطول من المعتاد.
        [few] { $count } مصادر صامتة أطول من المعتاد.
        [many] { $count } مصدرًا صامتًا أطول من المعتاد.
       *[other] { $count } مصدر صامت أطول من المعتاد.
    }
watches-are-muted =
    { PLURAL($count) ->
        [zero] لا قاعدة مكتومة.
        [one] قاعدة واحدة مكتومة.
        [two] قاعدتان مكتومتان.
        [few] { $count } قواعد مكتومة.
        [many] { $count } قاعدة مكتومة.
       *[other] { $count } قاعدة مكتومة.
    }
failing = معطلة
not-read-whole = لم تُقرأ كاملة
possibly-missed = مواد ربما فاتت
handled-with-care = تُعامل بحذر
interrupted = تعطلت مدة وعادت إلى العمل
silent = صامتة أطول من المعتاد
never-readable = صفحات لا تُقرأ أبدًا
muted = مكتومة
no-longer-muted = لم تعد مكتومة
muted-until =
    { PLURAL($count) ->
        [zero] حتى { $until }، لم تُحجز أي نتيجة
        [one] حتى { $until }، حُجزت نتيجة واحدة
        [two] حتى { $until }، حُجزت نتيجتان
        [few] حتى { $until }، حُجزت { $count } نتائج
        [many] حتى { $until }، حُجزت { $count } نتيجة
       *[other] حتى { $until }، حُجزت { $count } نتيجة
    }
not-delivered = رسائل تعذر تسليمها
queued = في الانتظار منذ { $since }
queued-since = أقدمها في الانتظار منذ { $since }
since = منذ { $since }
since-at-the-earliest = منذ { $since } على أبكر تقدير
until = حتى { $until }
until-at-the-latest = حتى { $until } على أبعد تقدير
several-feeds =
    { PLURAL($count) ->
        [zero] لا مصادر
        [one] مصدر واحد
        [two] مصدران
        [few] { $count } مصادر
        [many] { $count } مصدرًا
       *[other] { $count } مصدر
    }
several-recipients =
    { PLURAL($count) ->
        [zero] لا متلقين
        [one] متلقٍ واحد
        [two] متلقيان
        [few] { $count } متلقين
        [many] { $count } متلقيًا
       *[other] { $count } متلقٍ
    }
several-mails =
    { PLURAL($count) ->
        [zero] لا رسائل
        [one] رسالة واحدة
        [two] رسالتان
        [few] { $count } رسائل
        [many] { $count } رسالة
       *[other] { $count } رسالة
    }
more-names =
    { PLURAL($count) ->
        [zero] لا غيرها
        [one] واحد آخر
        [two] اثنان آخران
        [few] { $count } غيرها
        [many] { $count } غيرها
       *[other] { $count } غيرها
    }
as-of = الوضع في { $time }.
covers = يغطي المدة من { $from } إلى { $to }.
covers-everything = يغطي كل شيء حتى { $to }.
times-of-zone = الأوقات بتوقيت { $zone }.
mail-number = الرسالة { $number }: { $command }
to-receive-less = لتلقي رسائل أقل، أو لإيقافها، اكتب إلى { $address }.

## How the pages behind items were read

pages-behind-items = صفحات المواد: { $reading }.
pages-read-whole =
    { PLURAL($count) ->
        [zero] لم تُقرأ أي منها كاملة
        [one] قُرئت واحدة كاملة
        [two] قُرئت اثنتان كاملتين
        [few] قُرئت { $count } كاملة
        [many] قُرئت { $count } كاملة
       *[other] قُرئت { $count } كاملة
    }
no-page-read-whole = لم تُقرأ أي منها كاملة
pages-by-feed-text =
    { PLURAL($count) ->
        [zero] لا شيء بنص المصدر وحده: { $causes }
        [one] واحدة بنص المصدر وحده: { $causes }
        [two] اثنتان بنص المصدر وحده: { $causes }
        [few] { $count } بنص المصدر وحده: { $causes }
        [many] { $count } بنص المصدر وحده: { $causes }
       *[other] { $count } بنص المصدر وحده: { $causes }
    }
pages-waited-for =
    { PLURAL($count) ->
        [zero] لا صفحات منتظرة
        [one] صفحة واحدة ما زالت منتظرة
        [two] صفحتان ما زالتا منتظرتين
        [few] { $count } صفحات ما زالت منتظرة
        [many] { $count } صفحة ما زالت منتظرة
       *[other] { $count } صفحة ما زالت منتظرة
    }
pages-of-cause = { $count } { $cause }
page-of-cause = { $cause }
all-of-cause = كلها { $cause }
page-feed-text = لقلة النص في الصفحة
page-paywalled = لاشتراط الاشتراك
page-challenge = لوجود اختبار ضد الروبوتات
page-consent-wall = لوجود طلب موافقة
page-script-only = لأن نصها لا يظهر إلا ببرامج المتصفح
page-robots = لمنع ⁨robots.txt⁩
page-not-html = لأن الرابط لا يؤدي إلى صفحة ويب
page-too-big = لكبر حجمها
page-gone = لزوال الصفحة
page-unreachable = لتعذر الوصول
page-not-asked = لعدم طلبها

## The week

day = { $weekday } { $day } { $month }
week-stories =
    { PLURAL($count) ->
        [zero] لا أخبار
        [one] خبر واحد
        [two] خبران
        [few] { $count } أخبار
        [many] { $count } خبرًا
       *[other] { $count } خبر
    }
week-subject = أسبوع { $first }: { $what }
week-of = من { $first } إلى { $last }: { $what }
week-habit = المعتاد في الأسبوع { $habit }، بحسب الأسابيع الثمانية السابقة.
week-habit-of-fewer =
    { PLURAL($count) ->
        [zero] المعتاد في الأسبوع { $habit }، بحسب ما يمكن مقارنته من الأسابيع الثمانية السابقة، وعدده { $count }.
        [one] المعتاد في الأسبوع { $habit }، بحسب ما يمكن مقارنته من الأسابيع الثمانية السابقة، وعدده { $count }.
        [two] المعتاد في الأسبوع { $habit }، بحسب ما يمكن مقارنته من الأسابيع الثمانية السابقة، وعدده { $count }.
        [few] المعتاد في الأسبوع { $habit }، بحسب ما يمكن مقارنته من الأسابيع الثمانية السابقة، وعدده { $count }.
        [many] المعتاد في الأسبوع { $habit }، بحسب ما يمكن مقارنته من الأسابيع الثمانية السابقة، وعدده { $count }.
       *[other] المعتاد في الأسبوع { $habit }، بحسب ما يمكن مقارنته من الأسابيع الثمانية السابقة، وعدده { $count }.
    }
week-nothing-to-compare = لا يوجد ما يُقارن به: لم يُتابَع أي من الأسابيع الثمانية السابقة في أيامه كلها.
week-of-weeks = (بحسب { $weeks } أسابيع)
week-too-little =
    { PLURAL($count) ->
        [zero] لا يوجد ما يكفي للمقارنة: عدد الأسابيع المكتملة من الثمانية السابقة { $count }، والمطلوب أربعة.
        [one] لا يوجد ما يكفي للمقارنة: عدد الأسابيع المكتملة من الثمانية السابقة { $count }، والمطلوب أربعة.
        [two] لا يوجد ما يكفي للمقارنة: عدد الأسابيع المكتملة من الثمانية السابقة { $count }، والمطلوب أربعة.
        [few] لا يوجد ما يكفي للمقارنة: عدد الأسابيع المكتملة من الثمانية السابقة { $count }، والمطلوب أربعة.
        [many] لا يوجد ما يكفي للمقارنة: عدد الأسابيع المكتملة من الثمانية السابقة { $count }، والمطلوب أربعة.
       *[other] لا يوجد ما يكفي للمقارنة: عدد الأسابيع المكتملة من الثمانية السابقة { $count }، والمطلوب أربعة.
    }
week-days-missed =
    { PLURAL($count) ->
        [zero] عدد الأيام التي قُرئت فيها معظم المصادر { $count } من سبعة فقط، وقد يكون فات شيء.
        [one] عدد الأيام التي قُرئت فيها معظم المصادر { $count } من سبعة فقط، وقد يكون فات شيء.
        [two] عدد الأيام التي قُرئت فيها معظم المصادر { $count } من سبعة فقط، وقد يكون فات شيء.
        [few] عدد الأيام التي قُرئت فيها معظم المصادر { $count } من سبعة فقط، وقد يكون فات شيء.
        [many] عدد الأيام التي قُرئت فيها معظم المصادر { $count } من سبعة فقط، وقد يكون فات شيء.
       *[other] عدد الأيام التي قُرئت فيها معظم المصادر { $count } من سبعة فقط، وقد يكون فات شيء.
    }
week-feeds-missed =
    { PLURAL($count) ->
        [zero] قُرئت المصادر كلها، وعددها { $all }.
        [one] لم يُقرأ مصدر واحد من { $all } في أي من أيامه.
        [two] لم يُقرأ مصدران من { $all } في أي من أيامه.
        [few] لم تُقرأ { $count } مصادر من { $all } في أي من أيامه.
        [many] لم يُقرأ { $count } مصدرًا من { $all } في أي من أيامه.
       *[other] لم يُقرأ { $count } مصدر من { $all } في أي من أيامه.
    }
week-feeds-read =
    { PLURAL($count) ->
        [zero] لم يُقرأ أي مصدر.
        [one] قُرئ المصدر الوحيد.
        [two] قُرئ المصدران كلاهما.
        [few] قُرئت المصادر كلها، وعددها { $count }.
        [many] قُرئت المصادر كلها، وعددها { $count }.
       *[other] قُرئت المصادر كلها، وعددها { $count }.
    }
week-not-watched = بلا متابعة
week-unwatched = لم يُقرأ أي مصدر في أي من أيامه، فلا يُعرف ما جرى فيه.
week-read-in-part = { $what }، وأيام القراءة { $days } من 7
week-missed = لم يُعَدّ ملخص للفترة من { $first } إلى { $last }.
week-unusual = غير معتاد
week-unusual-line =
    { $name }: { PLURAL($count) ->
        [zero] لا أخبار
        [one] خبر واحد
        [two] خبران
        [few] { $count } أخبار
        [many] { $count } خبرًا
       *[other] { $count } خبر
    }، والمعتاد في الأسبوع { $habit }
week-unusual-none =
    { $name }: { PLURAL($count) ->
        [zero] لا أخبار
        [one] خبر واحد
        [two] خبران
        [few] { $count } أخبار
        [many] { $count } خبرًا
       *[other] { $count } خبر
    }، والمعتاد في الأسبوع لا شيء
week-by-place = حسب المكان
week-usually = المعتاد { $habit }
week-more-places =
    { PLURAL($count) ->
        [zero] لا أماكن أخرى
        [one] مكان آخر
        [two] مكانان آخران
        [few] { $count } أماكن أخرى
        [many] { $count } مكانًا آخر
       *[other] { $count } مكان آخر
    }
week-counted = الخبر الذي ترويه مصادر كثيرة يُحسب مرة واحدة: في اليوم الذي عُثر عليه فيه أول مرة، وتحت الموضوع الأقرب إليه، ولكل مكان يتعلق به.
week-no-places = كانت الأخبار أكثر من أن تُحدَّد أماكنها كلها.
week-bare = ملخص الأسبوع
week-feeds = المصادر
week-feeds-new = قُرئت لأول مرة
week-feeds-gone = لم تعد تُقرأ
week-feeds-rates = مواد أكثر أو أقل من المعتاد
week-rate =
    { PLURAL($count) ->
        [zero] لا مواد
        [one] مادة واحدة
        [two] مادتان
        [few] { $count } مواد
        [many] { $count } مادة
       *[other] { $count } مادة
    }، والمعتاد في الأسبوع { $habit }
week-feeds-before =
    { PLURAL($count) ->
        [zero] لا مصادر متعثرة منذ ما قبل هذا الأسبوع.
        [one] مصدر واحد متعثر منذ ما قبل هذا الأسبوع.
        [two] مصدران متعثران منذ ما قبل هذا الأسبوع.
        [few] { $count } مصادر متعثرة منذ ما قبل هذا الأسبوع.
        [many] { $count } مصدرًا متعثرًا منذ ما قبل هذا الأسبوع.
       *[other] { $count } مصدر متعثر منذ ما قبل هذا الأسبوع.
    }
week-feeds-same = لم يتغير شيء في المصادر.

## Notices to operators

health-changed = تغيرت حالة المصادر
get-no-mail = لا تصلهم رسائل
in-trouble = في مشكلة
fine-again = عادت إلى العمل
feeds-in-trouble =
    { PLURAL($count) ->
        [zero] لا مصدر في مشكلة
        [one] مصدر واحد في مشكلة
        [two] مصدران في مشكلة
        [few] { $count } مصادر في مشكلة
        [many] { $count } مصدرًا في مشكلة
       *[other] { $count } مصدر في مشكلة
    }
feeds-fine-again =
    { PLURAL($count) ->
        [zero] لم يعد أي مصدر إلى العمل
        [one] مصدر واحد عاد إلى العمل
        [two] مصدران عادا إلى العمل
        [few] { $count } مصادر عادت إلى العمل
        [many] { $count } مصدرًا عاد إلى العمل
       *[other] { $count } مصدر عاد إلى العمل
    }
feeds-in-trouble-and-fine =
    { PLURAL($count) ->
        [zero] لا مصدر في مشكلة، وعاد إلى العمل { $fine }
        [one] مصدر واحد في مشكلة، وعاد إلى العمل { $fine }
        [two] مصدران في مشكلة، وعاد إلى العمل { $fine }
        [few] { $count } مصادر في مشكلة، وعاد إلى العمل { $fine }
        [many] { $count } مصدرًا في مشكلة، وعاد إلى العمل { $fine }
       *[other] { $count } مصدر في مشكلة، وعاد إلى العمل { $fine }
    }
recipients-without-mail =
    { PLURAL($count) ->
        [zero] لا متلقي بلا رسائل
        [one] متلقٍ واحد لا تصله رسائل
        [two] متلقيان لا تصلهما رسائل
        [few] { $count } متلقين لا تصلهم رسائل
        [many] { $count } متلقيًا لا تصلهم رسائل
       *[other] { $count } متلقٍ لا تصلهم رسائل
    }
feeds-never-readable =
    { PLURAL($count) ->
        [zero] لا مصدر صفحاته لا تُقرأ
        [one] مصدر واحد صفحاته لا تُقرأ أبدًا
        [two] مصدران صفحاتهما لا تُقرأ أبدًا
        [few] { $count } مصادر صفحاتها لا تُقرأ أبدًا
        [many] { $count } مصدرًا صفحاتها لا تُقرأ أبدًا
       *[other] { $count } مصدر صفحاتها لا تُقرأ أبدًا
    }
status-shows = { $command } يعرض حال كل شيء. قد تحمل المصادر التي في مشكلة مواد لا يراها أحد.

## Why a story that was told is told at once again

news-corroborated =
    { PLURAL($count) ->
        [zero] لا تنشره أي وسيلة إعلام مستقلة: { $outlet }.
        [one] تنشره وسيلة إعلام مستقلة واحدة: { $outlet }.
        [two] تنشره وسيلتا إعلام مستقلتان: { $outlet }.
        [few] تنشره { $count } وسائل إعلام مستقلة: { $outlet }.
        [many] تنشره { $count } وسيلة إعلام مستقلة: { $outlet }.
       *[other] تنشره { $count } وسيلة إعلام مستقلة: { $outlet }.
    }
news-victims = ارتفع العدد: { $counted } بين قتيل وجريح، وكان قد ذُكر { $told }.
news-victims-first = عدد لأول مرة: { $counted } بين قتيل وجريح، ولم يكن قد ذُكر أي منهم.
news-corrected = تصحيح: { $outlet }.
news-corrected-by = تصحيح من { $by }: { $outlet }.
changed-became = كان «{ $before }» وصار «{ $after }»
changed-says = ورد فيه الآن «{ $words }»
news-watch = يُذكر مجددًا لأن قاعدة أخرى عثرت عليه.
news-more = لا جديد فيه. يُذكر مع ذلك لأنك لا تتلقى الموجزات.
news-awaited =
    { PLURAL($count) ->
        [zero] لا تنشره حتى الآن أي وسيلة إعلام مستقلة، وقاعدته تطلب { $asked }. يُذكر مع ذلك لأنك لا تتلقى الموجزات.
        [one] تنشره حتى الآن وسيلة إعلام مستقلة واحدة، وقاعدته تطلب { $asked }. يُذكر مع ذلك لأنك لا تتلقى الموجزات.
        [two] تنشره حتى الآن وسيلتا إعلام مستقلتان، وقاعدته تطلب { $asked }. يُذكر مع ذلك لأنك لا تتلقى الموجزات.
        [few] تنشره حتى الآن { $count } وسائل إعلام مستقلة، وقاعدته تطلب { $asked }. يُذكر مع ذلك لأنك لا تتلقى الموجزات.
        [many] تنشره حتى الآن { $count } وسيلة إعلام مستقلة، وقاعدته تطلب { $asked }. يُذكر مع ذلك لأنك لا تتلقى الموجزات.
       *[other] تنشره حتى الآن { $count } وسيلة إعلام مستقلة، وقاعدته تطلب { $asked }. يُذكر مع ذلك لأنك لا تتلقى الموجزات.
    }
