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
        [zero] لم يُرسل أي تنبيه سابقًا
        [one] تنبيه واحد أُرسل سابقًا
        [two] تنبيهان أُرسلا سابقًا
        [few] { $count } تنبيهات أُرسلت سابقًا
        [many] { $count } تنبيهًا أُرسل سابقًا
       *[other] { $count } تنبيه أُرسل سابقًا
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
        [one] مادة قديمة واحدة ظهرت فجأة
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
    } تحت «{ $name }» يوم { $day }، مقابل { $habit } عادةً في مثل هذا اليوم من الأسبوع (وسيط { $weeks } أسابيع)
unusual-more =
    { PLURAL($count) ->
        [zero] لا أيام أخرى غير معتادة.
        [one] وكان يوم آخر غير معتاد لقاعدة أو مكان.
        [two] وكان يومان آخران غير معتادين لقواعد أو أماكن.
        [few] وكانت { $count } أيام أخرى غير معتادة لقواعد أو أماكن.
        [many] وكان { $count } يومًا آخر غير معتاد لقواعد أو أماكن.
       *[other] وكان { $count } يوم آخر غير معتاد لقواعد أو أماكن.
    }
digest-for-alerts = كثرت التنبيهات خلال ساعة واحدة، فأُرسل هذا الموجز بدلًا منها.

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
        [zero] لا مصدر صامت منذ مدة طويلة
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
refused-words = رفض خادم البريد هذه الرسالة بسبب محتواها، فلم يبق من نصوص المصادر إلا العناوين؛ { $command } يعرض كل شيء.
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
by-count = ضمن العدد فقط: { $count }.
attached = مرفق: { $file }، وفيه كل النتائج: { $total }.
attached-in-part = مرفق: { $file }، وفيه أحدث النتائج: { $shown } من { $total }. { $command } يسردها كلها.
told-by-count = ضمن العدد فقط
no-room = لا متسع هنا لهذه المواد. { $command } يسردها واحدة واحدة، مع كل ما تخبر به هذه الرسالة.
by-topic = حسب الموضوع
appeared-at-once = ظهرت دفعة واحدة
not-there-before = هذه مواد قديمة لم تكن في مصادرها من قبل. { $command } يسردها واحدة واحدة.
part-of = { $shown } من { $total }

## Items

headlines = العناوين
urgent = عاجل: { $topic }
urgent-stories = عاجل
developing = المزيد عن أخبار سابقة
found-later = عُثر عليها لاحقًا
found-by-edited-watch = عثرت على هذه المواد في المحفوظات قاعدة كُتبت أو عُدلت لاحقًا.
sent-before = أُرسلت سابقًا ضمن التنبيهات
more-listed =
    { PLURAL($count) ->
        [zero] ولا غيرها: انظر { $command }.
        [one] وواحد غيرها: انظر { $command }.
        [two] واثنان غيرها: انظر { $command }.
        [few] و{ $count } غيرها: انظر { $command }.
        [many] و{ $count } غيرها: انظر { $command }.
       *[other] و{ $count } غيرها: انظر { $command }.
    }
undated = بلا تاريخ، رُصدت أول مرة { $time }
revised = معدّلة
matched-by = رُصدت وفق
matched-words = رُصدت بالكلمات
found-in-article = عُثر عليها في المقال نفسه، لا في نص المصدر.
in-article = (في المقال نفسه، لا في نص المصدر)
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
        [zero] لا وسيلة إعلام بصياغتها الخاصة
        [one] وسيلة إعلام واحدة بصياغتها الخاصة
        [two] وسيلتا إعلام بصياغتيهما الخاصتين
        [few] { $count } وسائل إعلام بصياغاتها الخاصة
        [many] { $count } وسيلة إعلام بصياغاتها الخاصة
       *[other] { $count } وسيلة إعلام بصياغاتها الخاصة
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
also-matched-by = رُصدت أيضًا وفق: { $watches }.
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

how-complete = هل هذه الرسالة مكتملة؟
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
nothing-missing = لا مصدر معطل، ولا يُعرف أن شيئًا قد فات.
feeds-silent =
    { PLURAL($count) ->
        [zero] لا مصدر صامت مدة أطول من المعتاد.
        [one] مصدر واحد صامت مدة أطول من المعتاد.
        [two] مصدران صامتان مدة أطول من المعتاد.
        [few] { $count } مصادر صامتة مدة أطول من المعتاد.
        [many] { $count } مصدرًا صامتًا مدة أطول من المعتاد.
       *[other] { $count } مصدر صامت مدة أطول من المعتاد.
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
held-back =
    { PLURAL($count) ->
        [zero] لم تُحجز أي نتيجة أثناء كتم القاعدة
        [one] حُجزت نتيجة واحدة أثناء كتم القاعدة
        [two] حُجزت نتيجتان أثناء كتم القواعد
        [few] حُجزت { $count } نتائج أثناء كتم القواعد
        [many] حُجزت { $count } نتيجة أثناء كتم القواعد
       *[other] حُجزت { $count } نتيجة أثناء كتم القواعد
    }
failing = معطلة
not-read-whole = لم تُقرأ كاملة
possibly-missed = مواد ربما فاتت
handled-with-care = تُعامل بحذر
interrupted = تعطلت مدة ثم عادت إلى العمل
silent = صامتة مدة أطول من المعتاد
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
each-of-feeds = { $feeds }، كلٌّ على حدة
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
hours =
    { PLURAL($count) ->
        [zero] أقل من ساعة
        [one] ساعة واحدة
        [two] ساعتين
        [few] { $count } ساعات
        [many] { $count } ساعة
       *[other] { $count } ساعة
    }
days =
    { PLURAL($count) ->
        [zero] أقل من يوم
        [one] يوم واحد
        [two] يومين
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }
as-of = الوضع في { $time }.
covers = يغطي المدة من { $from } إلى { $to }.
covers-everything = يغطي كل شيء حتى { $to }.
times-of-zone = المنطقة الزمنية: { $zone }.
mail-number = الرسالة { $number }: { $command }
to-receive-less = لتلقي رسائل أقل أو لإيقافها، اكتب إلى { $address }.
feed-gone = أعلن ناشره انتهاءه (410)، ولم يعد يُفحص
feed-silent = صامت، مع أن ما يفصل عادةً بين مادتين لا يزيد على { $habit }
feed-dead = يستجيب، لكن لا جديد فيه منذ أسابيع
feed-overflowing = ينشر أسرع مما كان يُفحص، وربما فاتت مواد؛ وهو يُفحص الآن في وقت أقرب
feed-suspected = كان يُقرأ حين أُنهي ⁨newsvigil⁩ قسرًا؛ وهو يُفحص الآن وحده
feed-interrupted = كان يُفحص حين أُنهي ⁨newsvigil⁩ قسرًا
feed-restless =
    { PLURAL($count) ->
        [zero] يغيّر مواده كلها عند كل فحص (عدد المرات المتتالية { $count }): هل في نصه عداد أو وقت؟
        [one] يغيّر مواده كلها عند كل فحص (مرة واحدة): هل في نصه عداد أو وقت؟
        [two] يغيّر مواده كلها عند كل فحص (مرتين متتاليتين): هل في نصه عداد أو وقت؟
        [few] يغيّر مواده كلها عند كل فحص ({ $count } مرات متتالية): هل في نصه عداد أو وقت؟
        [many] يغيّر مواده كلها عند كل فحص ({ $count } مرة متتالية): هل في نصه عداد أو وقت؟
       *[other] يغيّر مواده كلها عند كل فحص ({ $count } مرة متتالية): هل في نصه عداد أو وقت؟
    }
feed-over-budget =
    { PLURAL($count) ->
        [zero] يأتي بأكثر مما يُسمح به لمصدر في اليوم: لم تُترك أي مادة، وما يُترك يؤخذ بعد منتصف الليل (⁨UTC⁩) إن ظلت فيه
        [one] يأتي بأكثر مما يُسمح به لمصدر في اليوم: تُركت مادة واحدة، وتؤخذ بعد منتصف الليل (⁨UTC⁩) إن ظلت فيه
        [two] يأتي بأكثر مما يُسمح به لمصدر في اليوم: تُركت مادتان، وتؤخذان بعد منتصف الليل (⁨UTC⁩) إن ظلت فيه
        [few] يأتي بأكثر مما يُسمح به لمصدر في اليوم: تُركت { $count } مواد، وتؤخذ بعد منتصف الليل (⁨UTC⁩) إن ظلت فيه
        [many] يأتي بأكثر مما يُسمح به لمصدر في اليوم: تُركت { $count } مادة، وتؤخذ بعد منتصف الليل (⁨UTC⁩) إن ظلت فيه
       *[other] يأتي بأكثر مما يُسمح به لمصدر في اليوم: تُركت { $count } مادة، وتؤخذ بعد منتصف الليل (⁨UTC⁩) إن ظلت فيه
    }
feed-was-over-budget =
    { PLURAL($count) ->
        [zero] أتى بأكثر مما يُسمح به لمصدر في اليوم: لم تُترك أي مادة
        [one] أتى بأكثر مما يُسمح به لمصدر في اليوم: تُركت مادة واحدة ثم أُخذت لاحقًا
        [two] أتى بأكثر مما يُسمح به لمصدر في اليوم: تُركت مادتان ثم أُخذتا لاحقًا
        [few] أتى بأكثر مما يُسمح به لمصدر في اليوم: تُركت { $count } مواد ثم أُخذت كلها لاحقًا
        [many] أتى بأكثر مما يُسمح به لمصدر في اليوم: تُركت { $count } مادة ثم أُخذت كلها لاحقًا
       *[other] أتى بأكثر مما يُسمح به لمصدر في اليوم: تُركت { $count } مادة ثم أُخذت كلها لاحقًا
    }
feed-was-over-budget-in-part =
    { PLURAL($count) ->
        [zero] أتى بأكثر مما يُسمح به لمصدر في اليوم: لم تُترك أي مادة، وعدد ما أُخذ منها لاحقًا { $taken }
        [one] أتى بأكثر مما يُسمح به لمصدر في اليوم: تُركت مادة واحدة، وعدد ما أُخذ منها لاحقًا { $taken }
        [two] أتى بأكثر مما يُسمح به لمصدر في اليوم: تُركت مادتان، وعدد ما أُخذ منها لاحقًا { $taken }
        [few] أتى بأكثر مما يُسمح به لمصدر في اليوم: تُركت { $count } مواد، وعدد ما أُخذ منها لاحقًا { $taken }
        [many] أتى بأكثر مما يُسمح به لمصدر في اليوم: تُركت { $count } مادة، وعدد ما أُخذ منها لاحقًا { $taken }
       *[other] أتى بأكثر مما يُسمح به لمصدر في اليوم: تُركت { $count } مادة، وعدد ما أُخذ منها لاحقًا { $taken }
    }
feed-over-budget-gone =
    { PLURAL($count) ->
        [zero] لم تختف أي مادة قبل أخذها
        [one] اختفت مادة واحدة قبل أخذها
        [two] اختفت مادتان قبل أخذهما
        [few] اختفت { $count } مواد قبل أخذها
        [many] اختفت { $count } مادة قبل أخذها
       *[other] اختفت { $count } مادة قبل أخذها
    }
loss-broken-off-at-once = ينقطع قبل نهاية مادته الأولى
loss-broken-off =
    { PLURAL($count) ->
        [zero] ينقطع قبل نهاية مادته الأولى
        [one] ينقطع بعد مادة واحدة
        [two] ينقطع بعد مادتين
        [few] ينقطع بعد { $count } مواد
        [many] ينقطع بعد { $count } مادة
       *[other] ينقطع بعد { $count } مادة
    }
loss-unread =
    { PLURAL($count) ->
        [zero] لا مواد تعذرت قراءتها
        [one] مادة واحدة تعذرت قراءتها
        [two] مادتان تعذرت قراءتهما
        [few] { $count } مواد تعذرت قراءتها
        [many] { $count } مادة تعذرت قراءتها
       *[other] { $count } مادة تعذرت قراءتها
    }
loss-surplus =
    { PLURAL($count) ->
        [zero] لم تُترك أي مادة لأن فيه أكثر مما يُحفظ
        [one] تُركت أقدم مادة لأن فيه أكثر مما يُحفظ
        [two] تُركت أقدم مادتين لأن فيه أكثر مما يُحفظ
        [few] تُركت أقدم { $count } مواد لأن فيه أكثر مما يُحفظ
        [many] تُركت أقدم { $count } مادة لأن فيه أكثر مما يُحفظ
       *[other] تُركت أقدم { $count } مادة لأن فيه أكثر مما يُحفظ
    }
loss-shortened =
    { PLURAL($count) ->
        [zero] لا مواد قُطع نصها لطوله
        [one] مادة واحدة قُطع نصها لطوله
        [two] مادتان قُطع نصاهما لطولهما
        [few] { $count } مواد قُطعت نصوصها لطولها
        [many] { $count } مادة قُطعت نصوصها لطولها
       *[other] { $count } مادة قُطعت نصوصها لطولها
    }
loss-crowded =
    { PLURAL($count) ->
        [zero] لا مواد لها من المؤلفين أو التصنيفات أو النصوص أكثر مما يُحفظ
        [one] مادة واحدة لها من المؤلفين أو التصنيفات أو النصوص أكثر مما يُحفظ
        [two] مادتان لهما من المؤلفين أو التصنيفات أو النصوص أكثر مما يُحفظ
        [few] { $count } مواد لها من المؤلفين أو التصنيفات أو النصوص أكثر مما يُحفظ
        [many] { $count } مادة لها من المؤلفين أو التصنيفات أو النصوص أكثر مما يُحفظ
       *[other] { $count } مادة لها من المؤلفين أو التصنيفات أو النصوص أكثر مما يُحفظ
    }
loss-garbled =
    { PLURAL($count) ->
        [zero] لا مواد فيها حروف لا تُقرأ
        [one] مادة واحدة فيها حروف لا تُقرأ
        [two] مادتان فيهما حروف لا تُقرأ
        [few] { $count } مواد فيها حروف لا تُقرأ
        [many] { $count } مادة فيها حروف لا تُقرأ
       *[other] { $count } مادة فيها حروف لا تُقرأ
    }
loss-parts =
    { PLURAL($count) ->
        [zero] لا أجزاء تعذرت قراءتها من فهرس خرائط الموقع
        [one] جزء واحد من فهرس خرائط الموقع تعذرت قراءته
        [two] جزءان من فهرس خرائط الموقع تعذرت قراءتهما
        [few] { $count } أجزاء من فهرس خرائط الموقع تعذرت قراءتها
        [many] { $count } جزءًا من فهرس خرائط الموقع تعذرت قراءتها
       *[other] { $count } جزء من فهرس خرائط الموقع تعذرت قراءتها
    }
was-failing = كان معطلًا
was-gone = كان قد أُعلن انتهاؤه
was-silent = كان صامتًا
was-dead = لم يكن فيه جديد منذ أسابيع
was-incomplete = لم يكن يُقرأ كاملًا
was-overflowing = كان ينشر أسرع مما يُفحص
was-suspected = كان يُفحص حين أُنهي ⁨newsvigil⁩ قسرًا
was-over-budget = كان يأتي بأكثر مما يُسمح به لمصدر
was-restless = كان يغيّر مواده كلها عند كل فحص
no-mail = تعذر إعداد أي رسالة: { $why }

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
pages-never-read =
    { PLURAL($count) ->
        [zero] لم تُقرأ أي من صفحاته الأخيرة كاملة: { $causes }؛ { $advice }
        [one] لم تُقرأ صفحته الأخيرة كاملة: { $causes }؛ { $advice }
        [two] لم تُقرأ أي من صفحتيه الأخيرتين كاملة: { $causes }؛ { $advice }
        [few] لم تُقرأ أي من صفحاته الأخيرة ({ $count }) كاملة: { $causes }؛ { $advice }
        [many] لم تُقرأ أي من صفحاته الأخيرة ({ $count }) كاملة: { $causes }؛ { $advice }
       *[other] لم تُقرأ أي من صفحاته الأخيرة ({ $count }) كاملة: { $causes }؛ { $advice }
    }
advice-paywalled = مع اشتراك، حدد ⁨cookie⁩ في ⁨feeds.toml⁩؛ و⁨articles = "off"⁩ يوقف طلبها
advice-selector = «⁨newsvigil article show URL --selector CSS⁩» يجرّب ⁨selector⁩ من أجل ⁨feeds.toml⁩؛ و⁨articles = "off"⁩ يوقف طلبها
advice-off = ⁨articles = "off"⁩ في ⁨feeds.toml⁩ يوقف طلبها

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
week-habit = في الأسبوع المعتاد: { $habit } (وسيط الأسابيع الثمانية السابقة).
week-habit-of-fewer =
    { PLURAL($count) ->
        [zero] في الأسبوع المعتاد: { $habit } (لا أسابيع قابلة للمقارنة من الثمانية السابقة).
        [one] في الأسبوع المعتاد: { $habit } (الأسبوع الوحيد القابل للمقارنة من الثمانية السابقة).
        [two] في الأسبوع المعتاد: { $habit } (وسيط أسبوعين قابلين للمقارنة من الثمانية السابقة).
        [few] في الأسبوع المعتاد: { $habit } (وسيط { $count } أسابيع قابلة للمقارنة من الثمانية السابقة).
        [many] في الأسبوع المعتاد: { $habit } (وسيط { $count } أسبوعًا قابلًا للمقارنة من الثمانية السابقة).
       *[other] في الأسبوع المعتاد: { $habit } (وسيط { $count } أسبوع قابل للمقارنة من الثمانية السابقة).
    }
week-nothing-to-compare = لا مجال للمقارنة بعد: لم يُتابَع أي من الأسابيع الثمانية السابقة في أيامه كلها.
week-of-weeks = (وسيط { $weeks } أسابيع)
week-too-little =
    { PLURAL($count) ->
        [zero] لا مجال للمقارنة بعد: لم يُتابَع أي من الأسابيع الثمانية السابقة في أيامه كلها، والمطلوب أربعة.
        [one] لا مجال للمقارنة بعد: توبع أسبوع واحد فقط من الثمانية السابقة في أيامه كلها، والمطلوب أربعة.
        [two] لا مجال للمقارنة بعد: توبع أسبوعان فقط من الثمانية السابقة في أيامهما كلها، والمطلوب أربعة.
        [few] لا مجال للمقارنة بعد: توبعت { $count } أسابيع فقط من الثمانية السابقة في أيامها كلها، والمطلوب أربعة.
        [many] لا مجال للمقارنة بعد: توبع { $count } أسبوعًا فقط من الثمانية السابقة في أيامها كلها، والمطلوب أربعة.
       *[other] لا مجال للمقارنة بعد: توبع { $count } أسبوع فقط من الثمانية السابقة في أيامها كلها، والمطلوب أربعة.
    }
week-days-missed =
    { PLURAL($count) ->
        [zero] لم تُقرأ معظم المصادر في أي يوم من أيام الأسبوع، وقد يكون فات شيء.
        [one] قُرئت معظم المصادر في يوم واحد فقط من أيام الأسبوع، وقد يكون فات شيء.
        [two] قُرئت معظم المصادر في يومين فقط من أيام الأسبوع، وقد يكون فات شيء.
        [few] قُرئت معظم المصادر في { $count } أيام فقط من أيام الأسبوع، وقد يكون فات شيء.
        [many] قُرئت معظم المصادر في { $count } يومًا فقط من أيام الأسبوع، وقد يكون فات شيء.
       *[other] قُرئت معظم المصادر في { $count } يوم فقط من أيام الأسبوع، وقد يكون فات شيء.
    }
week-no-day-read = لم تُقرأ معظم المصادر في أي يوم من أيام الأسبوع، وقد يكون فات شيء.
week-feeds-missed =
    { PLURAL($count) ->
        [zero] قُرئت المصادر كلها، وعددها { $all }.
        [one] مصدر واحد من { $all } لم يُقرأ في أي يوم من هذا الأسبوع.
        [two] مصدران من { $all } لم يُقرآ في أي يوم من هذا الأسبوع.
        [few] { $count } مصادر من { $all } لم تُقرأ في أي يوم من هذا الأسبوع.
        [many] { $count } مصدرًا من { $all } لم تُقرأ في أي يوم من هذا الأسبوع.
       *[other] { $count } مصدر من { $all } لم تُقرأ في أي يوم من هذا الأسبوع.
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
week-not-watched = أسبوع بلا متابعة
week-unwatched = لم يُقرأ أي مصدر طوال الأسبوع، فلا يُعرف ما جرى فيه.
week-read-in-part = { $what }، وقُرئت المصادر في { $days } من 7 أيام
week-read-on-no-day = { $what }، ولم تُقرأ معظم المصادر في أي يوم
week-missed = لم يُعَدّ أي ملخص للمدة من { $first } إلى { $last }.
week-unusual = غير معتاد
week-unusual-line =
    { $name }: { PLURAL($count) ->
        [zero] لا أخبار
        [one] خبر واحد
        [two] خبران
        [few] { $count } أخبار
        [many] { $count } خبرًا
       *[other] { $count } خبر
    }، مقابل { $habit } في الأسبوع المعتاد
week-unusual-none =
    { $name }: { PLURAL($count) ->
        [zero] لا أخبار
        [one] خبر واحد
        [two] خبران
        [few] { $count } أخبار
        [many] { $count } خبرًا
       *[other] { $count } خبر
    }، مقابل لا شيء في الأسبوع المعتاد
week-unusual-more = المزيد: { $command }
week-by-place = حسب المكان
week-usually = المعتاد: { $habit }
week-more-places =
    { PLURAL($count) ->
        [zero] لا أماكن أخرى
        [one] مكان آخر
        [two] مكانان آخران
        [few] { $count } أماكن أخرى
        [many] { $count } مكانًا آخر
       *[other] { $count } مكان آخر
    }
week-counted = مهما كثرت الوسائل التي تنقل الخبر فإنه يُحسب مرة واحدة: في يوم رصده، وتحت الموضوع الأقرب إليه، ولكل مكان يتعلق به.
week-no-places = كانت الأخبار أكثر من أن تُحدَّد أماكنها كلها.
week-bare = ملخص الأسبوع
week-feeds = المصادر
week-feeds-new = جديدة
week-feeds-gone = أُزيلت
week-feeds-rates = مواد أكثر أو أقل من المعتاد
week-rate =
    { PLURAL($count) ->
        [zero] لا مواد
        [one] مادة واحدة
        [two] مادتان
        [few] { $count } مواد
        [many] { $count } مادة
       *[other] { $count } مادة
    }، مقابل { $habit } في الأسبوع المعتاد
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
in-trouble = متعثرة
fine-again = عادت إلى العمل
feeds-in-trouble =
    { PLURAL($count) ->
        [zero] لا مصدر متعثر
        [one] مصدر واحد متعثر
        [two] مصدران متعثران
        [few] { $count } مصادر متعثرة
        [many] { $count } مصدرًا متعثرًا
       *[other] { $count } مصدر متعثر
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
        [zero] لا مصدر متعثر، وعاد إلى العمل { $fine }
        [one] مصدر واحد متعثر، وعاد إلى العمل { $fine }
        [two] مصدران متعثران، وعاد إلى العمل { $fine }
        [few] { $count } مصادر متعثرة، وعاد إلى العمل { $fine }
        [many] { $count } مصدرًا متعثرًا، وعاد إلى العمل { $fine }
       *[other] { $count } مصدر متعثر، وعاد إلى العمل { $fine }
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
status-shows = { $command } يعرض حال كل شيء. قد تحمل المصادر المتعثرة مواد لا يراها أحد.

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
news-victims = ارتفع عدد القتلى والجرحى إلى { $counted }، وكان العدد المبلَّغ سابقًا { $told }.
news-victims-first = أول عدد للقتلى والجرحى: { $counted }، ولم يكن قد ورد أي عدد.
news-corrected = تصحيح: { $outlet }.
news-corrected-by = تصحيح من { $by }: { $outlet }.
changed-became = كان «{ $before }» وصار «{ $after }»
changed-says = ورد فيه الآن: «{ $words }»
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
