//! Words of the news that say one thing, so that one in the place of another is no difference.
//!
//! In scripts without capitals, in German and in headlines that are all small or all capital nothing shows which word
//! is a name; there a word that stands in the place of another is taken for one, unless both are of a group here.

use std::sync::LazyLock;

use super::cognates::normalised;
use super::hash_maps::Map;
use crate::core::text::tokenizer::fold_text;

/// The number of the group that a word of a script with spaces is of, by its [`normalised`] form.
pub(super) fn group(normalised: &str) -> Option<u16> {
    TABLE.words.get(normalised).copied()
}

/// Likewise of the characters that a text without spaces begins with, and how many bytes they are.
pub(super) fn group_ahead(text: &str) -> Option<(u16, usize)> {
    let first = text.chars().next()?;
    let phrases = TABLE.unspaced.get(&first)?;
    phrases
        .iter()
        .find(|(phrase, _)| text.starts_with(phrase))
        .map(|(phrase, group)| (*group, phrase.len()))
}

struct Table {
    words: Map<String, u16>,
    /// By their first character, the longest first.
    unspaced: Map<char, Vec<(&'static str, u16)>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        words: Map::default(),
        unspaced: Map::default(),
    };
    for (group, words) in (0..).zip(GROUPS.lines()) {
        for word in words.split_whitespace() {
            let first = word.chars().next();
            if let Some(first @ ('\u{E00}'..='\u{E7F}' | '\u{3040}'..='\u{9FFF}')) = first {
                table.unspaced.entry(first).or_default().push((word, group));
            } else {
                let key = normalised(&fold_text(word));
                table.words.entry(key).or_insert(group);
            }
        }
    }
    for phrases in table.unspaced.values_mut() {
        phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    }
    table
});

/// The first so many groups are people.
pub(super) const PERSONS: u16 = 6;

/// A group a line: English, Spanish, French, Portuguese, Russian, Arabic, German, Turkish, Chinese, Japanese, Thai.
const GROUPS: &str = "\
journalist journalists reporter reporters periodista periodistas reportero reportera comunicador comunicadora journaliste journalistes jornalista jornalistas repórter журналист журналиста журналистка журналистку корреспондент репортер صحفي الصحفي صحافي الصحافي صحفية الصحفية مراسل journalist journalistin reporter gazeteci muhabir 记者 新闻工作者 記者 ジャーナリスト นักข่าว ผู้สื่อข่าว
lawyer lawyers attorney advocate abogado abogada avocat avocate advogado advogada адвокат адвоката юрист юриста محامي المحامي محام محامية anwalt anwältin rechtsanwalt avukat 律师 辩护律师 弁護士 ทนายความ ทนาย
activist activists campaigner campaigners defender defenders activista activistas defensor defensora defensores militant militante militants ativista ativistas defensor активист активиста активистка активистку правозащитник правозащитника ناشط الناشط ناشطة الناشطة ناشطين نشطاء aktivist aktivistin aktivisten aktivist eylemci 活动人士 维权人士 活动家 异议人士 活動家 人権活動家 นักเคลื่อนไหว นักกิจกรรม
student students pupils estudiante estudiantes alumnos étudiant étudiants étudiante élève estudante estudantes студент студента студентов студентка طالب طلاب طلبة studenten student studierende öğrenci öğrenciler 学生 大学生 生徒 นักศึกษา นักเรียน
teacher teachers maestro maestra maestros profesor docente docentes enseignant enseignante professeur professor professora professores учитель учителя учительница معلم معلمة مدرس معلمين lehrer lehrerin lehrkräfte öğretmen 教师 老师 教員 教師 ครู
worker workers labourers laborers employees trabajador trabajadores obreros ouvriers travailleurs trabalhadores operários рабочие рабочих работники عمال عامل arbeiter işçi işçiler 工人 员工 労働者 従業員 คนงาน แรงงาน
kill kills killed killing dead dies died death deaths slain murdered murder shot fatal fatally slay muerto muertos muere mueren matan mata mató asesinan asesinado asesinados asesinada fallece fallecen mort morts tué tués tue tuent abattu morto mortos morta morre morrem mata matam assassinado убит убиты убили убила погиб погибли погибших застрелен مقتل قتل قتلى قتيل قتيلا قتلوا استشهاد شهيد شهداء مصرع tot tote toten getötet erschossen stirbt sterben ermordet öldü öldürüldü ölü 死亡 身亡 丧生 遇难 遇害 被杀 击毙 射杀 枪杀 打死 杀害 杀死 死 射殺 殺害 殺される เสียชีวิต ตาย ดับ ถูกฆ่า สังหาร ยิงดับ ยิงเสียชีวิต
wound wounded wounds injure injured injures hurt injuries herido heridos hiere hieren lesionados blessé blessés blesse blessent ferido feridos fere ferem ранен ранены ранили пострадали пострадал جرح جرحى جريح إصابة مصاب مصابين verletzt verletzte yaralandı yaralı 受伤 负伤 伤 負傷 けが 怪我 บาดเจ็บ เจ็บ
police policemen cops officers officer forces policía policías agentes policiers police gendarmes polícia policiais агенты полиция полиции полицейские полицейский силовики омон شرطة الشرطة أمن الأمن polizei polizisten beamte polis 警方 警察 公安 民警 警官 当局 機動隊 ตำรวจ เจ้าหน้าที่
army troops soldiers military ejército soldados militares armée soldats militaires exército армия армии военные солдаты войска جيش الجيش جنود قوات armee soldaten militär ordu asker askerler 军队 士兵 部队 军方 军人 軍 軍隊 兵士 ทหาร กองทัพ
protest protests protesting rally demonstration demonstrations march marches demo sit-in vigil protesta protestas manifestación marcha concentración plantón manifestation manifestations rassemblement marche manifestação protesto protestos ato passeata протест протеста протеста акция акции митинг митинге митинга шествие احتجاج احتجاجات مظاهرة مظاهرات تظاهرة تظاهرات مسيرة وقفة demonstration demo kundgebung proteste protestmarsch protesto gösteri eylem 抗议 抗议活动 示威 示威活动 游行 集会 抗議 抗議デモ デモ 抗議集会 抗議活動 ประท้วง ชุมนุม
protester protesters demonstrator demonstrators marchers manifestante manifestantes manifestant manifestants протестующие протестующих демонстранты демонстрантов митингующих митингующие участники участников متظاهر متظاهرين متظاهرا محتج محتجين المحتجين المتظاهرين demonstranten demonstrant protestierende protestocular göstericiler 示威者 抗议者 抗议民众 デモ隊 デモ参加者 ผู้ประท้วง ผู้ชุมนุม
arrest arrests arrested detain detains detained detention held holds custody seize seized nabbed caught detienen detenido detenidos detenida detención arrestan arrestado arrestados capturan arrêté arrêtés arrêtée interpellé interpellés arrestation preso presos presa prende prendem detido detidos detém prisão задержан задержаны задержали арест арестован арестованы арестовал арестовали اعتقال اعتقلت اعتقل توقيف أوقفت تعتقل توقف احتجاز festgenommen verhaftet verhaftung festnahme tutuklandı gözaltı gözaltında 逮捕 拘捕 被捕 拘留 抓捕 带走 拘束 拘留 身柄拘束 จับกุม จับ ควบคุมตัว รวบ
jail jailed jails imprison imprisoned sentenced sentence sentences prison condemned condemn convict convicts convicted guilty condena condenan condenado condenada condenados sentencia sentenciado sentenciada encarcelan prisión cárcel cadena condamné condamnée condamnés condamne prison écope condena condenado condenada condenados prisão cadeia приговор приговорил приговорили приговорен приговорена осудил осудили осужден осуждена осуждены колонии тюрьмы тюрьме سجن بسجن السجن بالسجن حكم حكمت تحكم تقضي قضت يقضي verurteilt haft haftstrafe gefängnis hapis ceza cezası 判刑 被判 判处 获刑 判 入狱 徒刑 监禁 有期徒刑 判決 禁錮 懲役 実刑 จำคุก ตัดสิน พิพากษา
court courts tribunal judge judges magistrate juez jueza jueces corte juzgado tribunal juge cour justice juiz juíza justiça суд суда судья محكمة المحكمة قاض قاضي القضاء gericht richter landgericht amtsgericht mahkeme mahkemesi 法院 法庭 法官 裁判所 地裁 高裁 ศาล
attack attacks attacked raid raids assault strike strikes shelling bombing airstrike bombardment ambush ataque ataques bombardeo ofensiva attaque attaques raid frappe frappes bombardement ataque ataques bombardeio атака атаки удар удары обстрел обстрелы налет غارة غارات هجوم هجمات قصف ضربة ضربات angriff angriffe anschlag luftangriff saldırı saldırısı 袭击 攻击 空袭 炮击 轰炸 攻撃 襲撃 空爆 砲撃 โจมตี ถล่ม ทิ้งระเบิด
blast blasts explosion explosions bomb explode explodes explosión explosiones bomba atentado explosion bombe attentat explosão bomba взрыв взрывы взрыва انفجار انفجارات تفجير تفجيرات explosion bombe patlama bomba 爆炸 爆炸事件 爆発 爆破 ระเบิด
release releases released free freed frees liberado liberan liberada libera libérés libéré libérée libère libertado liberta solto soltos освобожден освободили отпустили отпущен إفراج الإفراج أفرجت إطلاق freigelassen freilassung entlassen serbest 释放 获释 釈放 保釈 ปล่อยตัว ปล่อย
fire fires fired shoot shoots shooting opens gunfire dispara disparan abre tirs tire tirent ouvre fusillade atira atiram tiros стрельба стреляли стрельбу открыли открыла إطلاق النار رصاص schiesst schießt schüsse ateş 开枪 开火 发射 発砲 発射 ยิง
disperse disperses dispersed break breaks broke clears cleared reprime reprimen dispersa dispersan desaloja desalojan disperse dispersée réprime dispersa reprime разогнали разогнал разгон разогнала تفريق تفرق فض قمع aufgelöst löst auf dağıttı 驱散 镇压 清场 強制排除 排除 鎮圧 สลาย
man men male hombre hombres joven varón homme hommes homem homens jovem мужчина мужчину человек человека людей شاب رجل شخص أشخاص شخصا mann männer adam erkek kişi 男子 男人 一人 男性 男 ชาย หนุ่ม คน
woman women female girl mujer mujeres joven femme femmes mulher mulheres женщина женщину امرأة سيدة فتاة frau frauen kadın 女子 女人 妇女 女性 女 หญิง สาว
people residents villagers locals civilians persons inhabitants pobladores vecinos civiles residentes personas habitants civils villageois personnes moradores civis pessoas жители жителей мирных граждан مدنيين مدني مدنيا سكان أهالي einwohner zivilisten menschen bewohner siviller köylüler 居民 村民 平民 民众 市民 住民 民間人 ชาวบ้าน พลเรือน ประชาชน
gunmen gunman attackers attacker militants bandits terrorists insurgents assailants suspects rebels fighters armados sicarios pistoleros guerrilleros assaillants terroristes rebelles djihadistes jihadistes criminosos bandidos pistoleiros боевики террористы нападавшие مسلحون مسلحين إرهابيون angreifer terroristen bewaffnete silahlı saldırganlar 枪手 武装分子 歹徒 恐怖分子 武装集団 武装勢力 คนร้าย มือปืน
government authorities officials ministry minister gobierno autoridades ministerio ministro gouvernement autorités ministère ministre governo autoridades ministério правительство власти министерство минобороны حكومة الحكومة سلطات السلطات وزارة regierung behörden ministerium hükümet yetkililer 政府 官员 官方 部门 政府当局 当局者 รัฐบาล ทางการ
parliament lawmakers congress assembly senate legislators congreso parlamento diputados senado asamblea parlement députés assemblée sénat congresso câmara senado deputados парламент депутаты дума госдума برلمان البرلمان نواب مجلس parlament abgeordnete bundestag meclis 议会 国会 议员 議会 国会議員 สภา รัฐสภา
pass passes approve approves adopt adopts adopted back backs vote votes aprueba aprueban adopte vote approuve aprova aprovam принял приняла одобрил одобрила يقر أقر تبني يوافق beschließt verabschiedet onayladı 通过 批准 表决 可決 承認 ผ่าน เห็นชอบ
accuse accuses accused charge charges charged indicted indict acusan acusado acusada imputan imputado accusé accusée inculpé mis examen acusado acusada indiciado обвинили обвинен обвинение اتهام اتهم متهم angeklagt beschuldigt suçladı 起诉 指控 控告 被控 起訴 告発 ตั้งข้อหา ฟ้อง
say says said warn warns warned urge urges call calls demand demands tell claim claims alert slam slams condemn condemns blast denounces criticise criticizes dice dicen advierte pide piden exige exigen denuncia denuncian condena dit avertit appelle demande dénonce condamne exige diz alerta pede pedem denuncia condena заявил заявили призвал призвали потребовал осудил предупредил يدعو تدعو دعت يطالب تطالب طالب تدين تندد يحذر حذر قال fordert fordern warnt verurteilt kritisiert uyardı kınadı çağrı 说 称 表示 呼吁 谴责 要求 警告 批评 敦促 非難 要求 警告 批判 訴え เรียกร้อง ประณาม เตือน
kidnap kidnaps kidnapped abduct abducts abducted abduction hostage secuestran secuestrado secuestro plagian enlevé enlevés enlèvement kidnappé sequestrado sequestram sequestro похитили похищен похищены похищение اختطاف خطف اختطفت مخطوف entführt entführung kaçırıldı 绑架 劫持 拉致 誘拐 ลักพาตัว
crash collision accident derail derails derailment capsize capsizes sinks sinking accidente choque volcadura descarrila hunde naufragio accident collision naufrage chavire déraille acidente colisão naufrágio авария дтп крушение столкновение حادث تصادم غرق انقلاب unfall kollision absturz kaza 事故 车祸 相撞 沉没 翻船 衝突 転覆 沈没 อุบัติเหตุ ชนกัน ล่ม
quake earthquake tremor sismo terremoto temblor seísmo séisme tremblement terremoto sismo землетрясение زلزال هزة erdbeben deprem 地震 แผ่นดินไหว
flood floods flooding inundación inundaciones inondation inondations enchente enchentes inundação inundações наводнение паводок فيضان فيضانات سيول überschwemmung hochwasser sel 洪水 洪灾 水灾 水害 豪雨 น้ำท่วม
blaze wildfire inferno incendio incendie incêndio пожар пожара حريق brand feuer yangın 火灾 大火 火災 火事 ไฟไหม้ เพลิงไหม้
ban bans banned prohibit block blocks blocked close closes shut shuts closed prohíbe prohíben bloquean bloquea cierran cierra clausuran interdit interdisent bloquent ferme proíbe bloqueiam bloqueia fecha fecham запретили запретил перекрыли закрыли يحظر حظر إغلاق أغلق قطع يغلق verbietet verboten sperrt blockieren yasakladı kapattı 禁止 封锁 关闭 查封 堵塞 封鎖 閉鎖 遮断 ห้าม ปิด ปิดกั้น
executed execution execute executes hanged ejecutan ejecutado ejecución ejecuta exécuté exécution exécute executado execução executa казнен казнь казнили إعدام أعدمت تعدم اعدام hingerichtet hinrichtung idam 处决 执行死刑 処刑 死刑執行 ประหาร
road highway carretera vía autopista ruta route rue autoroute estrada rodovia avenida дорогу шоссе трассу طريق الطريق شارع straße autobahn yol 公路 道路 高速公路 道路 ถนน
house home residence casa vivienda domicilio maison domicile casa residência дом дома квартире منزل منزله بيت haus wohnung ev evi 家中 住所 家 自宅 บ้าน
leader chief head líder dirigente jefe chef leader dirigeant líder chefe лидер лидера глава زعيم قائد رئيس anführer chef lider 领袖 领导人 指導者 リーダー ผู้นำ แกนนำ
near outside cerca junto afueras près perto возле около قرب بالقرب خارج nahe bei yakınlarında 附近 外 附近で 近く 近郊 ใกล้ หน้า
after following amid tras luego después après suite após depois после на фоне بعد عقب nach sonra 后 之后 後 หลัง
virus covid coronavirus covid-19 pandemic pandemia pandémie коронавирус коронавируса كورونا فيروس corona koronavirüs 新冠 新冠病毒 疫情 新型コロナ コロナ โควิด";
