//! Words that say nothing of an event, by language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::hash_maps::Set;
use crate::core::text::tokenizer::fold_text;

/// Whether a folded word says nothing in a language; where that is not known, whether it does in none.
pub(super) fn is_stop_word(word: &str, language: Option<&str>) -> bool {
    match language.and_then(|language| SETS.get(language)) {
        Some(set) => set.contains(word),
        None => SETS.values().any(|set| set.contains(word)),
    }
}

static SETS: LazyLock<BTreeMap<&'static str, Set<String>>> = LazyLock::new(|| {
    LISTS
        .iter()
        .map(|(language, words)| {
            (
                *language,
                words.split_ascii_whitespace().map(fold_text).collect(),
            )
        })
        .collect()
});

const LISTS: [(&str, &str); 15] = [
    (
        "en",
        "a an the and or but nor so if then than that this these those there here of in on at to from by for with \
without about into onto over under after before during between against among amid around across along as is are was were \
be been being am do does did done has have had having will would shall should can could may might must not no yes it its \
he him his she her hers they them their we us our you your i me my who whom whose which what when where why how all any \
some each every both few more most other another such only own same too very just also still even ever never up down out \
off again further once now new s t d ll re ve m says say said saying tell tells told according mr mrs ms dr amid via per \
news latest live update updates video watch photos gallery exclusive report reports reported reportedly first last one two today yesterday tomorrow \
january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday week month year years day days hours time people get gets got make makes made take takes took \
while because until since though although yet like upon within near",
    ),
    (
        "es",
        "el la los las un una unos unas lo al del de y e o u ni que en a ante bajo con contra desde durante entre hacia \
hasta para por segun sin sobre tras mediante es son era eran fue fueron ser sido esta estan estaba estar este esta estos estas \
ese esa esos esas aquel aquella eso esto su sus mi mis tu tus nos le les se me te lo como cuando donde quien quienes cual cuales \
porque pero mas muy ya no si ha han habia haber hay he hoy ayer manana todo toda todos todas otro otra otros otras uno dos tras \
tambien solo aun asi luego mientras despues antes sera seria tiene tienen tenia hace hacer dice dijo dicen segun ano anos dia dias \
lunes martes miercoles jueves viernes sabado domingo noticias ultima hora video vivo fotos nuevo nueva primer primera este asi les cada",
    ),
    (
        "pt",
        "o a os as um uma uns umas ao aos do da dos das de e ou nem que em no na nos nas num numa com contra desde durante \
entre para pra por pelo pela pelos pelas sem sob sobre apos ate e sao era eram foi foram ser sido esta estao estava estar este estes \
esse essa esses essas aquele isso isto seu sua seus suas meu minha lhe lhes se me te como quando onde quem qual quais porque mas mais \
muito ja nao sim ha havia haver hoje ontem amanha todo toda todos todas outro outra outros outras dois duas tambem so ainda assim \
depois antes sera seria tem tinha faz fazer diz disse dizem segundo ano anos dia dias segunda terca quarta quinta sexta sabado domingo \
feira noticias ultima hora video vivo fotos novo nova primeiro primeira cada veja saiba",
    ),
    (
        "fr",
        "le la les l un une des du de d et ou ni que qu qui quoi dont en a au aux avec contre depuis pendant entre vers pour par \
sans sous sur apres avant chez dans est sont etait etaient etre ete fut ce cet cette ces ca cela celui celle son sa ses leur leurs mon ma \
mes ton ta tes notre nos votre vos il elle ils elles on nous vous je tu se s me m te lui y comme quand ou comment pourquoi parce mais plus \
tres deja ne n pas non oui a ont avait avoir aura eu aujourd hui hier demain tout toute tous toutes autre autres deux aussi encore ainsi \
alors tandis fait faire dit disent selon an ans annee jour jours lundi mardi mercredi jeudi vendredi samedi dimanche actualite actualites \
direct video photos nouveau nouvelle premier premiere chaque voici c j",
    ),
    (
        "de",
        "der die das den dem des ein eine einen einem einer eines und oder aber noch nicht kein keine in im an am auf aus bei beim mit \
nach seit von vom zu zum zur fur gegen ohne um durch uber unter vor hinter zwischen neben wegen ist sind war waren sein gewesen wird werden \
wurde wurden hat haben hatte hatten kann konnen soll sollen muss mussen will wollen es er sie ihr ihre ihren ihrem sein seine seinen wir uns \
ich mich du man sich wie wann wo wer was welche warum weil dass als wenn dann also auch nur schon mehr sehr so da hier jetzt heute gestern \
morgen alle alles andere zwei ein eins jahr jahre jahren tag tage montag dienstag mittwoch donnerstag freitag samstag sonntag news live \
video neue neuer neues erste ersten sagt sagte laut bis ab",
    ),
    (
        "it",
        "il lo la i gli le l un uno una di del dello della dei degli delle a al allo alla ai agli alle da dal dalla dai in nel nella nei \
con su sul sulla per tra fra e ed o ma che chi cui non piu come quando dove perche se si ci ne e sono era erano stato stata essere ha hanno \
aveva questo questa questi queste quello quella suo sua suoi loro dopo prima anche ancora solo oggi ieri domani tutti tutto due anni anno \
giorno contro senza verso video diretta foto nuovo nuova",
    ),
    (
        "ru",
        "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня еще нет о из ему \
теперь когда даже ну вдруг ли если уже или ни быть был него до вас нибудь опять уж вам ведь там потом себя ничего ей может они тут где есть \
надо ней для мы тебя их чем была сам чтоб без будто чего раз тоже себе под будет ж тогда кто этот того потому этого какой совсем ним здесь \
этом один почти мой тем чтобы нее сейчас были куда зачем всех никогда можно при наконец два об другой хоть после над больше тот через эти \
нас про всего них какая много разве три эту моя впрочем хорошо свою этой перед иногда лучше чуть том нельзя такой им более всегда конечно \
всю между это сообщили сообщил рассказал рассказали заявил заявили сказал назвал новости видео фото года году год лет дня день сегодня вчера \
завтра понедельник вторник среду четверг пятницу субботу воскресенье стало стал стали также который которые которая из за",
    ),
    (
        "uk",
        "і й та в у на з із зі що як не до за по від для про при над під через після між але або чи бо це цей ця ці той та його її їх він \
вона вони ми ви я ти бути був була було були є буде також ще вже так ні коли де хто який яка яке які рік року років день сьогодні вчора завтра \
відео фото новини заявив повідомили",
    ),
    (
        "ar",
        "في من على الى عن مع بعد قبل بين خلال حول عند ضد دون حتى منذ و او ثم ان انه انها هذا هذه ذلك تلك التي الذي الذين ما لا لم لن قد كان \
كانت يكون هو هي هم نحن انت انا كل بعض غير اكثر اول اليوم امس غدا كما اذا لكن بل ايضا عام عاما يوم قال قالت يقول فيديو صور عاجل اخبار بسبب \
نحو لدى عبر ضمن وفق بن",
    ),
    (
        "sl",
        "in je za na se v z s da ki so pa po od do pri ob o bi ne ni kot kako kaj kdo kje ko ker ali tudi se ze le sta bo bodo bil bila bili \
bilo sem si smo ste jih ga mu jo ji jim njegov njen njihov ta to te ti tega tem med pred nad pod brez proti skozi zaradi vse vec leto let leta \
dan dni danes vceraj jutri video foto",
    ),
    (
        "nl",
        "de het een en of maar niet geen van in op aan bij met naar uit voor door over onder tegen tussen na om te tot is zijn was waren wordt \
worden werd werden heeft hebben had hij zij ze het we wij ik je u zich die dat deze dit er hier daar wat wie waar wanneer hoe als dan ook nog al \
meer veel zo vandaag gisteren morgen alle twee jaar dag video nieuws",
    ),
    (
        "tr",
        "ve ile bir bu su o da de ki mi ne icin gibi kadar daha en cok var yok oldu olan olarak sonra once ise ya veya ama fakat hem her tum \
dedi etti son dakika video haber yeni iki yil gun bugun",
    ),
    (
        "pl",
        "i w we z ze na do od po za o u nie to ze sie jest sa byl byla bylo byli jak co kto gdzie kiedy czy ale lub a dla przez przy przed pod \
nad bez po tym ten ta te tego tej jego jej ich on ona oni my wy juz jeszcze tez tylko bardzo rok roku lat dzien dzis wideo",
    ),
    (
        "id",
        "dan di ke dari yang untuk dengan pada dalam oleh ini itu ada adalah tidak akan telah sudah juga atau karena saat setelah sebelum para \
ia dia mereka kami kita saya anda bisa dapat lebih tersebut video foto berita hari tahun",
    ),
    (
        "hi",
        "और या पर में से को का की के ने है हैं था थी थे हो होना होने हुआ हुई हुए गया गई गए जा रहा रही रहे कर करना करने किया की गयी दिया दी दिए लिया \
ली लिए लेकिन मगर तो ही भी न नहीं मत यह ये वह वे इस उस इन उन इसके उसके इनके उनके इसे उसे इन्हें उन्हें जो जिस जिन जिसने जिसे कि क्या क्यों कैसे कब कहाँ कहां कौन \
मैं हम तुम आप वो अपना अपनी अपने मेरा मेरे हमारा हमारे तक साथ बाद पहले दौरान बीच खिलाफ बारे द्वारा लेकर वाला वाली वाले कोई कुछ सब सभी हर एक दो अब आज कल यहाँ यहां वहाँ वहां \
जब तब अगर फिर बहुत ज्यादा कम सिर्फ केवल बताया कहा कहना बोले बोला खबर खबरें समाचार ताजा लाइव वीडियो फोटो दिन साल महीने सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार",
    ),
];
