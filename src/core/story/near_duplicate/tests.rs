use super::*;

/// The likeness of two items, each title and lead.
fn of(a: (&str, &str), b: (&str, &str)) -> TextOverlap {
    let (first, second) = (shingles(a.1), shingles(b.1));
    likeness(
        DuplicateKey {
            shingles: &first,
            title: title_key(a.0),
        },
        DuplicateKey {
            shingles: &second,
            title: title_key(b.0),
        },
    )
}

/// A lead in each language, and another of the same event.
const LEADS: [(&str, &str); 9] = [
    (
        "Police fired tear gas at farmers who blocked the road to the mine near Huamanga on Tuesday, wounding nine of them, the regional health office said.",
        "Nine farmers were hurt in Huamanga when officers broke up a blockade outside a mine, according to health workers who treated them in the town's hospital.",
    ),
    (
        "La policía lanzó gases contra los campesinos que bloqueaban la carretera a la mina cerca de Huamanga este martes, con nueve heridos según la dirección de salud.",
        "Nueve comuneros resultaron lesionados en Huamanga cuando agentes desalojaron un bloqueo frente a la mina, informaron médicos del hospital de la ciudad.",
    ),
    (
        "La police a tiré des gaz lacrymogènes sur des paysans qui bloquaient la route de la mine près de Huamanga mardi, faisant neuf blessés selon les services de santé.",
        "Neuf agriculteurs ont été blessés à Huamanga lorsque des agents ont levé un barrage devant une mine, indiquent des soignants de l'hôpital de la ville.",
    ),
    (
        "A polícia lançou gás contra camponeses que bloqueavam a estrada da mina perto de Huamanga na terça, deixando nove feridos segundo a secretaria de saúde.",
        "Nove agricultores ficaram feridos em Huamanga quando agentes desfizeram um bloqueio diante de uma mina, informaram médicos do hospital da cidade.",
    ),
    (
        "أطلقت الشرطة الغاز المسيل للدموع على مزارعين قطعوا الطريق إلى المنجم قرب هوامانغا يوم الثلاثاء ما أدى إلى إصابة تسعة منهم بحسب دائرة الصحة.",
        "أصيب تسعة فلاحين في هوامانغا حين فض رجال الأمن اعتصاما أمام منجم وفق ما قاله أطباء عالجوهم في مستشفى المدينة.",
    ),
    (
        "Полиция применила слезоточивый газ против крестьян, перекрывших дорогу к руднику близ Уаманги во вторник, девять человек ранены, сообщили в управлении здравоохранения.",
        "Девять фермеров пострадали в Уаманге, когда силовики разогнали блокаду у рудника, рассказали врачи городской больницы.",
    ),
    (
        "警方周二在瓦曼加附近向封锁矿山道路的农民发射催泪瓦斯，据地区卫生部门称造成九人受伤，其中两人伤势严重。",
        "瓦曼加一家医院的医生说，执法人员驱散矿场外的路障时有九名农民受伤，伤者已送往市内救治并接受手术。",
    ),
    (
        "警察は火曜日、ワマンガ近郊で鉱山への道路を封鎖した農民に催涙ガスを発射し、州保健局によると九人が負傷した。",
        "ワマンガの病院の医師らによれば、鉱山前のバリケードを治安部隊が排除した際に農民九人がけがを負い、手当てを受けている。",
    ),
    (
        "ตำรวจยิงแก๊สน้ำตาใส่ชาวนาที่ปิดถนนไปยังเหมืองใกล้เมืองฮัวมังกาเมื่อวันอังคาร ทำให้มีผู้บาดเจ็บเก้าคน ตามข้อมูลของสำนักงานสาธารณสุข",
        "ชาวไร่เก้าคนได้รับบาดเจ็บที่ฮัวมังกาขณะเจ้าหน้าที่สลายการชุมนุมหน้าเหมือง แพทย์โรงพยาบาลในเมืองเปิดเผยเมื่อคืนนี้",
    ),
];

#[test]
fn one_text_under_two_headlines_is_a_copy_and_other_words_are_none() {
    for (lead, other) in LEADS {
        assert_eq!(
            of(("One headline", lead), ("Another", lead)),
            TextOverlap::Same,
            "{lead}"
        );
        assert_eq!(
            of(("One headline", lead), ("Another", other)),
            TextOverlap::Other,
            "{lead}"
        );
        let credited = format!("LIMA, Nov 3 (AP) — {lead}");
        assert_eq!(shingles(&credited), shingles(lead), "{lead}");
        // Cut by the feed.
        let cut = lead
            .char_indices()
            .nth(lead.chars().count() * 3 / 4)
            .map_or(lead, |(at, _)| &lead[..at]);
        assert_eq!(
            of(("", lead), ("", &format!("{cut}…"))),
            TextOverlap::Same,
            "{lead}"
        );
        assert!(shingles(lead).len() <= MOST_SHINGLES);
    }
}

#[test]
fn an_edited_text_is_no_source_of_its_own() {
    let (lead, _) = LEADS[0];
    let edited = format!(
        "The ministry promised an inquiry into the events of the week and named a judge to lead it. {lead}"
    );
    assert_ne!(of(("", lead), ("", &edited)), TextOverlap::Other);
    let quoted = "Wounding nine of them, the regional health office said, officers used tear gas at a mine in the highlands on the second day of unrest there.";
    assert_eq!(of(("", lead), ("", quoted)), TextOverlap::Other);
}

#[test]
fn short_leads_are_copies_under_one_title() {
    let title = "Police fire on farmers near Huamanga";
    assert_eq!(of((title, ""), (title, "")), TextOverlap::Same);
    assert_eq!(
        of(
            (title, ""),
            ("Police fire on farmers near Huamanga - Reuters", "")
        ),
        TextOverlap::Same
    );
    assert_eq!(
        of((title, ""), ("Police fire on farmers near Puno", "")),
        TextOverlap::Other
    );
    assert_eq!(
        of(("Live updates", ""), ("Live updates", "")),
        TextOverlap::Other
    );
    assert_eq!(of(("", ""), ("", "")), TextOverlap::Other);
    // Ten words, all the same.
    let short = "Nine farmers were wounded near Huamanga on Tuesday, doctors said.";
    assert_eq!(of(("One", short), ("Two", short)), TextOverlap::Same);
    let other = "Nine farmers were wounded near Puno on Friday, doctors said.";
    assert_eq!(of(("One", short), ("Two", other)), TextOverlap::Other);
}

#[test]
fn what_is_stored_stays() {
    let first = shingles("one two three four five");
    assert_eq!(*first, *shingles("One, two — three: four (five)"));
    assert_eq!(first.len(), 2);
    assert!(first.is_sorted());
    assert!(shingles(&"word ".repeat(100_000)).len() <= MOST_SHINGLES);
}
