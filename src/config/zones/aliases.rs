//! Cities, countries, clocks and distances from UTC by which people name a time zone, beside the IANA list.

/// Zones of the IANA list, each with cities and countries for which it has no name of its own, and with its own
/// city where the country is named like it. A country with several zones stands under each of them.
pub(super) const PLACES: &str = "\
America/New_York: washington washington-dc boston philadelphia miami atlanta baltimore united-states usa us united-states-of-america estados-unidos
America/Chicago: houston dallas austin new-orleans minneapolis united-states usa us united-states-of-america
America/Denver: salt-lake-city albuquerque united-states usa us united-states-of-america
America/Los_Angeles: san-francisco seattle san-diego las-vegas portland california united-states usa us united-states-of-america
America/Phoenix: arizona tucson
Pacific/Honolulu: hawaii
America/Toronto: ottawa montreal quebec canada
America/Winnipeg: canada
America/Edmonton: calgary canada
America/Vancouver: victoria-bc canada
America/Mexico_City: mexico ciudad-de-mexico cdmx guadalajara puebla oaxaca
America/Tijuana: baja-california
America/Guatemala: guatemala-city ciudad-de-guatemala
America/Tegucigalpa: honduras san-pedro-sula
America/El_Salvador: san-salvador
America/Managua: nicaragua
America/Costa_Rica: san-jose
America/Panama: panama-city ciudad-de-panama
America/Belize: belmopan
America/Havana: cuba la-habana
America/Port-au-Prince: haiti
America/Santo_Domingo: dominican-republic republica-dominicana
America/Jamaica: kingston
America/Puerto_Rico: san-juan
America/Port_of_Spain: trinidad trinidad-and-tobago
America/Nassau: bahamas
America/Barbados: bridgetown
America/Martinique: fort-de-france
America/Guadeloupe: basse-terre
America/Bogota: colombia medellin cali cartagena barranquilla
America/Caracas: venezuela maracaibo
America/Guayaquil: ecuador quito cuenca
America/Lima: peru cusco cuzco arequipa ayacucho
America/La_Paz: bolivia sucre cochabamba santa-cruz
America/Santiago: chile valparaiso concepcion santiago-de-chile
America/Asuncion: paraguay
America/Montevideo: uruguay
America/Argentina/Buenos_Aires: argentina rosario caba
America/Sao_Paulo: brazil brasil brasilia rio-de-janeiro rio belo-horizonte porto-alegre curitiba
America/Manaus: brazil brasil
America/Bahia: salvador
America/Guyana: georgetown
America/Paramaribo: suriname
America/Cayenne: french-guiana
Europe/London: united-kingdom uk great-britain britain england scotland wales edinburgh cardiff manchester birmingham
Europe/Dublin: ireland
Europe/Lisbon: portugal porto
Europe/Madrid: spain espana barcelona sevilla valencia bilbao
Europe/Paris: france lyon marseille strasbourg
Europe/Brussels: belgium bruxelles
Europe/Amsterdam: netherlands the-hague den-haag holland rotterdam
Europe/Luxembourg: luxemburg
Europe/Berlin: germany deutschland munich muenchen munchen hamburg cologne koln frankfurt bonn
Europe/Zurich: switzerland bern berne geneva geneve genf
Europe/Vienna: austria wien
Europe/Rome: italy roma milan milano naples turin
Europe/Vatican: holy-see
Europe/Monaco: monte-carlo
Europe/Malta: valletta
Europe/Copenhagen: denmark kobenhavn
Europe/Oslo: norway
Europe/Stockholm: sweden
Europe/Helsinki: finland
Europe/Tallinn: estonia
Europe/Riga: latvia
Europe/Vilnius: lithuania
Europe/Warsaw: poland warszawa krakow
Europe/Prague: czechia czech-republic praha brno
Europe/Bratislava: slovakia
Europe/Budapest: hungary
Europe/Ljubljana: slovenia
Europe/Zagreb: croatia
Europe/Sarajevo: bosnia bosnia-and-herzegovina
Europe/Belgrade: serbia beograd pristina prishtina kosovo novi-sad
Europe/Podgorica: montenegro
Europe/Skopje: north-macedonia macedonia
Europe/Tirane: albania tirana
Europe/Athens: greece thessaloniki
Europe/Sofia: bulgaria
Europe/Bucharest: romania bucuresti cluj
Europe/Chisinau: moldova
Europe/Kyiv: ukraine kiev kharkiv kharkov odesa odessa lviv
Europe/Minsk: belarus
Europe/Moscow: moskva russia saint-petersburg st-petersburg kazan grozny
Asia/Yekaterinburg: russia
Asia/Vladivostok: russia
Europe/Istanbul: turkey turkiye ankara izmir diyarbakir
Asia/Nicosia: cyprus
Atlantic/Reykjavik: iceland
Asia/Tbilisi: georgia
Asia/Yerevan: armenia
Asia/Baku: azerbaijan
Asia/Jerusalem: israel haifa
Asia/Gaza: palestine
Asia/Hebron: ramallah west-bank
Asia/Beirut: lebanon
Asia/Damascus: syria aleppo
Asia/Amman: jordan
Asia/Baghdad: iraq mosul basra erbil
Asia/Kuwait: kuwait-city
Asia/Riyadh: saudi-arabia jeddah mecca
Asia/Bahrain: manama
Asia/Qatar: doha
Asia/Dubai: united-arab-emirates uae abu-dhabi
Asia/Muscat: oman
Asia/Aden: yemen sanaa sana-a
Asia/Tehran: iran isfahan shiraz
Asia/Kabul: afghanistan kandahar herat
Asia/Karachi: pakistan islamabad lahore peshawar quetta
Asia/Kolkata: india delhi new-delhi mumbai bombay calcutta chennai madras bangalore bengaluru hyderabad pune srinagar
Asia/Colombo: sri-lanka
Asia/Kathmandu: nepal
Asia/Thimphu: bhutan
Asia/Dhaka: bangladesh chittagong
Indian/Maldives: male
Asia/Yangon: myanmar burma rangoon naypyidaw mandalay
Asia/Bangkok: thailand chiang-mai
Asia/Vientiane: laos
Asia/Phnom_Penh: cambodia
Asia/Ho_Chi_Minh: vietnam viet-nam hanoi saigon
Asia/Kuala_Lumpur: malaysia
Asia/Brunei: bandar-seri-begawan
Asia/Jakarta: indonesia bandung surabaya
Asia/Makassar: indonesia bali denpasar
Asia/Jayapura: indonesia papua
Asia/Dili: timor-leste east-timor
Asia/Manila: philippines cebu quezon-city davao
Asia/Taipei: taiwan
Asia/Shanghai: china beijing peking guangzhou shenzhen chengdu wuhan
Asia/Hong_Kong: hongkong
Asia/Macau: macao
Asia/Urumqi: xinjiang
Asia/Ulaanbaatar: mongolia
Asia/Pyongyang: north-korea
Asia/Seoul: south-korea korea busan
Asia/Tokyo: japan osaka kyoto
Asia/Almaty: kazakhstan astana nur-sultan
Asia/Bishkek: kyrgyzstan
Asia/Dushanbe: tajikistan
Asia/Tashkent: uzbekistan
Asia/Ashgabat: turkmenistan
Africa/Cairo: egypt alexandria
Africa/Khartoum: sudan omdurman
Africa/Juba: south-sudan
Africa/Tripoli: libya benghazi
Africa/Tunis: tunisia
Africa/Algiers: algeria alger
Africa/Casablanca: morocco rabat marrakesh
Africa/El_Aaiun: western-sahara laayoune
Africa/Nouakchott: mauritania
Africa/Dakar: senegal
Africa/Banjul: gambia the-gambia
Africa/Bissau: guinea-bissau
Africa/Conakry: guinea
Africa/Freetown: sierra-leone
Africa/Monrovia: liberia
Africa/Abidjan: ivory-coast cote-d-ivoire yamoussoukro
Africa/Accra: ghana
Africa/Lome: togo
Africa/Porto-Novo: benin cotonou
Africa/Ouagadougou: burkina-faso
Africa/Bamako: mali
Africa/Niamey: niger
Africa/Lagos: nigeria abuja kano
Africa/Ndjamena: chad n-djamena
Africa/Douala: cameroon yaounde
Africa/Bangui: central-african-republic
Africa/Malabo: equatorial-guinea
Africa/Libreville: gabon
Africa/Brazzaville: congo republic-of-the-congo
Africa/Kinshasa: drc dr-congo democratic-republic-of-the-congo
Africa/Lubumbashi: goma drc dr-congo democratic-republic-of-the-congo
Africa/Luanda: angola
Africa/Windhoek: namibia
Africa/Gaborone: botswana
Africa/Johannesburg: south-africa pretoria cape-town durban
Africa/Maseru: lesotho
Africa/Mbabane: eswatini swaziland
Africa/Maputo: mozambique
Africa/Harare: zimbabwe
Africa/Lusaka: zambia
Africa/Blantyre: malawi lilongwe
Africa/Dar_es_Salaam: tanzania dodoma zanzibar
Africa/Nairobi: kenya mombasa
Africa/Kampala: uganda
Africa/Kigali: rwanda
Africa/Bujumbura: burundi gitega
Africa/Addis_Ababa: ethiopia mekelle
Africa/Asmara: eritrea
Africa/Djibouti: djibouti-city
Africa/Mogadishu: somalia hargeisa
Indian/Antananarivo: madagascar
Indian/Comoro: comoros moroni
Indian/Mauritius: port-louis
Indian/Mahe: seychelles
Atlantic/Cape_Verde: praia cabo-verde
Africa/Sao_Tome: sao-tome-and-principe
Australia/Sydney: canberra australia
Australia/Perth: australia
Australia/Melbourne: victoria
Pacific/Auckland: new-zealand wellington
Pacific/Port_Moresby: papua-new-guinea
Pacific/Fiji: suva
Pacific/Guadalcanal: solomon-islands honiara
Pacific/Efate: vanuatu port-vila
Pacific/Noumea: new-caledonia
Pacific/Apia: samoa
Pacific/Tongatapu: tonga nuku-alofa
Pacific/Tarawa: kiribati
Pacific/Majuro: marshall-islands
Pacific/Palau: ngerulmud
Pacific/Tahiti: papeete french-polynesia
";

/// Abbreviations and names of clocks, with the zones that are called so somewhere.
pub(super) const CLOCKS: [(&str, &[&str]); 41] = [
    ("eastern", &["America/New_York"]),
    ("eastern-time", &["America/New_York"]),
    ("eastern-standard-time", &["America/New_York"]),
    ("et", &["America/New_York"]),
    ("edt", &["America/New_York"]),
    ("est", &["America/New_York"]),
    ("central", &["America/Chicago"]),
    ("central-time", &["America/Chicago"]),
    ("ct", &["America/Chicago"]),
    ("cdt", &["America/Chicago", "America/Havana"]),
    (
        "cst",
        &["America/Chicago", "Asia/Shanghai", "America/Havana"],
    ),
    ("mountain", &["America/Denver"]),
    ("mountain-time", &["America/Denver"]),
    ("mt", &["America/Denver"]),
    ("mst", &["America/Denver", "America/Phoenix"]),
    ("mdt", &["America/Denver"]),
    ("pacific", &["America/Los_Angeles"]),
    ("pacific-time", &["America/Los_Angeles"]),
    ("pt", &["America/Los_Angeles"]),
    ("pst", &["America/Los_Angeles", "Asia/Manila"]),
    ("pdt", &["America/Los_Angeles"]),
    ("bst", &["Europe/London", "Asia/Dhaka"]),
    ("cest", &["Europe/Berlin", "Europe/Paris", "Europe/Madrid"]),
    ("mez", &["Europe/Berlin"]),
    ("mesz", &["Europe/Berlin"]),
    ("eest", &["Europe/Athens", "Europe/Kyiv", "Europe/Helsinki"]),
    ("west", &["Europe/Lisbon"]),
    ("msk", &["Europe/Moscow"]),
    ("trt", &["Europe/Istanbul"]),
    ("ist", &["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
    ("pkt", &["Asia/Karachi"]),
    ("jst", &["Asia/Tokyo"]),
    ("kst", &["Asia/Seoul"]),
    ("hkt", &["Asia/Hong_Kong"]),
    ("sgt", &["Asia/Singapore"]),
    ("wib", &["Asia/Jakarta"]),
    ("cat", &["Africa/Maputo", "Africa/Harare"]),
    ("eat", &["Africa/Nairobi"]),
    ("wat", &["Africa/Lagos"]),
    ("sast", &["Africa/Johannesburg"]),
    ("brt", &["America/Sao_Paulo"]),
];

/// Distances that one country alone has.
pub(super) const DISTANCES: [(i32, &str); 6] = [
    (-210, "America/St_Johns"),
    (210, "Asia/Tehran"),
    (270, "Asia/Kabul"),
    (345, "Asia/Kathmandu"),
    (390, "Asia/Yangon"),
    (765, "Pacific/Chatham"),
];
