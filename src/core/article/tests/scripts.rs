//! Articles in the scripts of the world, and in the encodings that their publishers send.

use super::{page, page_as, site};
use crate::core::article::PageVerdict;

/// A paragraph in each script.
const TEXTS: [(&str, &str); 18] = [
    (
        "es",
        "Los agentes entraron de noche en la casa, registraron las habitaciones y se llevaron a tres miembros de la familia sin mostrar ninguna orden judicial, según dijeron los testigos.",
    ),
    (
        "ru",
        "Сотрудники полиции ночью вошли в дом, обыскали комнаты и увели троих членов семьи, не предъявив постановления суда, рассказали свидетели журналистам.",
    ),
    (
        "uk",
        "Поліцейські вночі увійшли до будинку, обшукали кімнати й забрали трьох членів родини, не показавши ухвали суду, розповіли свідки журналістам.",
    ),
    (
        "ar",
        "دخل رجال الشرطة المنزل ليلاً وفتشوا الغرف واقتادوا ثلاثة من أفراد الأسرة دون إبراز أمر قضائي، بحسب ما قاله شهود عيان للصحفيين.",
    ),
    (
        "fa",
        "مأموران شبانه وارد خانه شدند، اتاق‌ها را بازرسی کردند و سه نفر از اعضای خانواده را بدون نشان دادن حکم قضایی با خود بردند.",
    ),
    (
        "he",
        "שוטרים נכנסו לבית בלילה, ערכו חיפוש בחדרים ולקחו שלושה מבני המשפחה בלי להציג צו של בית משפט, כך סיפרו עדים לעיתונאים.",
    ),
    (
        "hi",
        "पुलिसकर्मी रात में घर में घुसे, कमरों की तलाशी ली और अदालत का कोई आदेश दिखाए बिना परिवार के तीन सदस्यों को अपने साथ ले गए, ऐसा गवाहों ने बताया।",
    ),
    (
        "bn",
        "পুলিশ রাতে বাড়িতে ঢুকে ঘর তল্লাশি করে এবং আদালতের কোনো আদেশ না দেখিয়ে পরিবারের তিন সদস্যকে নিয়ে যায় বলে প্রত্যক্ষদর্শীরা জানিয়েছেন।",
    ),
    (
        "ta",
        "காவலர்கள் இரவில் வீட்டிற்குள் நுழைந்து அறைகளைச் சோதனையிட்டு நீதிமன்ற ஆணையைக் காட்டாமல் குடும்பத்தினர் மூவரை அழைத்துச் சென்றனர் என்று சாட்சிகள் கூறினர்.",
    ),
    (
        "th",
        "เจ้าหน้าที่ตำรวจบุกเข้าไปในบ้านตอนกลางคืน ค้นทุกห้อง และพาสมาชิกในครอบครัวสามคนไปโดยไม่แสดงหมายศาล พยานบอกกับผู้สื่อข่าว",
    ),
    (
        "my",
        "ရဲများသည် ညအချိန်တွင် အိမ်ထဲသို့ ဝင်ရောက်ပြီး အခန်းများကို ရှာဖွေကာ တရားရုံးအမိန့် မပြဘဲ မိသားစုဝင် သုံးဦးကို ခေါ်ဆောင်သွားသည်။",
    ),
    (
        "zh",
        "警察夜间闯入住宅，搜查了所有房间，在没有出示法院命令的情况下带走了三名家庭成员，目击者对记者说。",
    ),
    (
        "ja",
        "警察官は夜間に住宅に立ち入り、部屋を捜索し、裁判所の令状を示さずに家族三人を連行したと、目撃者は記者に語った。",
    ),
    (
        "ko",
        "경찰은 밤에 집에 들어와 방을 수색하고 법원 영장을 제시하지 않은 채 가족 세 명을 데려갔다고 목격자들이 기자들에게 말했다.",
    ),
    (
        "el",
        "Αστυνομικοί μπήκαν τη νύχτα στο σπίτι, ερεύνησαν τα δωμάτια και πήραν τρία μέλη της οικογένειας χωρίς να δείξουν εντολή δικαστηρίου, είπαν μάρτυρες.",
    ),
    (
        "am",
        "ፖሊሶች በሌሊት ወደ ቤቱ ገብተው ክፍሎቹን ፈትሸው የፍርድ ቤት ትእዛዝ ሳያሳዩ ሦስት የቤተሰብ አባላትን ወስደዋል ሲሉ የዓይን ምስክሮች ለጋዜጠኞች ተናግረዋል።",
    ),
    (
        "hy",
        "Ոստիկանները գիշերը մտան տուն, խուզարկեցին սենյակները և առանց դատարանի որոշման տարան ընտանիքի երեք անդամների, պատմեցին վկաները լրագրողներին։",
    ),
    (
        "ka",
        "პოლიციელები ღამით შევიდნენ სახლში, გაჩხრიკეს ოთახები და სასამართლოს ბრძანების გარეშე წაიყვანეს ოჯახის სამი წევრი, უთხრეს მოწმეებმა ჟურნალისტებს.",
    ),
];

/// Six paragraphs that differ.
fn story(text: &str) -> Vec<String> {
    (1..=6).map(|number| format!("{number}. {text}")).collect()
}

fn tagged(paragraphs: &[String]) -> String {
    paragraphs
        .iter()
        .map(|text| format!("<p>{text}</p>"))
        .collect()
}

#[test]
fn articles_of_every_script_come_out_whole_and_alone() {
    for (language, text) in TEXTS {
        let story = story(text);
        let html = site("", &tagged(&story)).replace("en-GB", language);
        let article = page(&html);
        assert_eq!(
            article.verdict,
            PageVerdict::Whole,
            "{language}: {article:?}"
        );
        assert_eq!(article.text, story.join("\n"), "{language}");
        assert_eq!(article.language.as_deref(), Some(language));
    }
}

#[test]
fn two_paragraphs_are_an_article_in_every_script() {
    for (language, text) in TEXTS {
        let html = format!(
            "<html><body><article><h1>x</h1><p>{text}</p><p>{}</p></article>",
            story(text)[1]
        );
        let article = page(&html);
        assert_eq!(
            article.verdict,
            PageVerdict::Whole,
            "{language}: {article:?}"
        );
    }
}

#[test]
fn encodings_are_known_by_mark_header_meta_and_guess() {
    let text = |language: &str| {
        TEXTS
            .iter()
            .find(|(known, _)| *known == language)
            .unwrap()
            .1
    };
    for (language, label) in [
        ("ru", "windows-1251"),
        ("ru", "koi8-r"),
        ("uk", "windows-1251"),
        ("ar", "windows-1256"),
        ("he", "windows-1255"),
        ("el", "windows-1253"),
        ("th", "windows-874"),
        ("zh", "gbk"),
        ("zh", "gb18030"),
        ("ja", "shift_jis"),
        ("ja", "euc-jp"),
        ("ko", "euc-kr"),
        ("es", "iso-8859-1"),
    ] {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let story = story(text(language));
        let check = |head: &str, content_type: Option<&str>| {
            let html = site(head, &tagged(&story)).replace("©", "");
            let (body, _, unmappable) = encoding.encode(&html);
            assert!(!unmappable, "{language} in {label}");
            let article = page_as(&body, content_type, 200);
            assert_eq!(
                article.text,
                story.join("\n"),
                "{language} in {label}, {head} {content_type:?}"
            );
        };
        let meta = format!("<meta charset=\"{label}\">");
        let old = format!("<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset={label}'>");
        let header = format!("text/html; charset={label}");
        check("", Some(&header));
        check(&meta, None);
        check(&old, Some("text/html"));
        check("", None);
        // Servers say so that were never told otherwise.
        check(&meta, Some("text/html; charset=ISO-8859-1"));
        check("", Some("text/html; charset=ISO-8859-1"));
        check("<meta charset=utf-8>", Some("text/html; charset=UTF-8"));
    }
    let story = story(text("ru"));
    let html = site("<meta charset=iso-8859-1>", &tagged(&story));
    let article = page_as(
        html.as_bytes(),
        Some("text/html; charset=windows-1252"),
        200,
    );
    assert_eq!(article.text, story.join("\n"));
    for write in [u16::to_le_bytes, u16::to_be_bytes] {
        for mark in ["\u{feff}", ""] {
            let body: Vec<u8> = format!("{mark}{html}")
                .encode_utf16()
                .flat_map(write)
                .collect();
            let article = page_as(&body, Some("text/html"), 200);
            assert_eq!(article.text, story.join("\n"), "{mark:?}");
        }
    }
}
