/** The 60 people of the scenario `demo`: id and display name, in many scripts and lengths. */
export const DEMO_PEOPLE: ReadonlyArray<readonly [userId: string, name: string]> = [
  ["ana.lopez", "Ana López"],
  ["ben.carter", "Ben Carter"],
  ["chen.wei", "陈伟"],
  ["diego.fernandez", "Diego Fernández"],
  ["elif.yilmaz", "Elif Yılmaz"],
  ["fatima.zahra", "فاطمة الزهراء"],
  ["greta.svensson", "Greta Svensson"],
  ["hiroshi.tanaka", "田中 浩"],
  ["ines.moreau", "Inès Moreau"],
  ["jakub.nowak", "Jakub Nowak"],
  ["kofi.mensah", "Kofi Mensah"],
  ["lena.schmidt", "Lena Schmidt"],
  ["mateo.rossi", "Mateo Rossi"],
  ["noor.haddad", "Noor Haddad"],
  ["olga.petrova", "Ольга Петрова"],
  ["priya.sharma", "प्रिया शर्मा"],
  ["quentin.dubois", "Quentin Dubois"],
  ["rosa.almeida", "Rosa Almeida"],
  ["sofia.papadopoulou", "Σοφία Παπαδοπούλου"],
  ["tariq.hassan", "Tariq Hassan"],
  ["uma.krishnan", "Uma Krishnan"],
  ["viktor.horvath", "Viktor Horváth"],
  ["wanjiru.kamau", "Wanjiru Kamau"],
  ["ximena.castro", "Ximena Castro"],
  ["yuki.sato", "佐藤 由紀"],
  ["zeynep.demir", "Zeynep Demir"],
  ["minjun.kim", "김민준"],
  ["seoyeon.park", "박서연"],
  ["nguyen.thi.lan", "Nguyễn Thị Lan"],
  ["somchai.jaidee", "สมชาย ใจดี"],
  ["david.cohen", "דוד כהן"],
  ["oksana.shevchenko", "Оксана Шевченко"],
  ["liam.oconnor", "Liam O'Connor"],
  ["zoe.van.der.berg", "Zoë van der Berg"],
  ["hubert.wolfeschlegel", "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff"],
  ["maria.de.la.concepcion", "María de la Concepción Fernández-Villaverde y Ruiz"],
  ["jose.dos.santos", "José Carlos dos Santos Oliveira"],
  ["astrid.bjork", "Astrid Björk"],
  ["marek.dvorak", "Marek Dvořák"],
  ["aino.virtanen", "Aino Virtanen"],
  ["rui.costa", "Rui Costa"],
  ["amara.okafor", "Amara Okafor"],
  ["li.na", "李娜"],
  ["arjun.patel", "Arjun Patel"],
  ["leila.rahimi", "لیلا رحیمی"],
  ["tomas.silva", "Tomás Silva"],
  ["emma.johnson", "Emma Johnson"],
  ["noah.williams", "Noah Williams"],
  ["isla.macdonald", "Isla MacDonald"],
  ["giorgi.beridze", "გიორგი ბერიძე"],
  ["support-bot", "Support Bot"],
  ["qa-load-01", "QA load 01"],
  ["qa-load-02", "QA load 02"],
  ["qa-load-03", "QA load 03"],
  ["u_4821", "Mei 🌸"],
  ["U-77310", "Max"],
  ["guest-20931", "Guest 20931"],
  ["party.parrot", "🦜 Party Parrot"],
  ["j", "J"],
  ["test-user-with-a-rather-long-id-from-a-legacy-system-0001", "Pat Longfellow"],
];

/** First and family names that the scenario `large` combines. */
export const FIRST_NAMES = (
  "Ana Ben Chloe Diego Elif Fatima Greta Hugo Inès Jakub Kofi Lena Mateo Noor Olga Priya Quentin Rosa Sofia Tariq Uma Viktor " +
  "Wanjiru Ximena Yuki Zeynep Adam Beatriz Carlos Daria Emma Felix Giulia Hana Ivan Julia Karim Laura Marek Nadia Omar Paula " +
  "Rafael Sara Thomas Ursula Vera William Yara Zoë 伟 娜 浩 由紀 민준 서연 Оксана Дмитрий Αθηνά राहुल"
).split(" ");

export const FAMILY_NAMES = (
  "López Carter Fernández Yılmaz Svensson Moreau Nowak Mensah Schmidt Rossi Haddad Petrova Sharma Dubois Almeida Hassan " +
  "Krishnan Horváth Kamau Castro Demir Müller Garcia Silva Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor " +
  "Moore Martin Lee Thompson White Harris Clark Lewis Walker Hall Young King Wright Scott Green Baker Adams Nelson Hill Ramos " +
  "Campbell Mitchell Roberts Phillips Evans Turner Torres Parker Collins Edwards Stewart Flores Morris Nguyễn Murphy Rivera " +
  "Cook Rogers Morgan Peterson Cooper Reed Bailey Bell Gomez Kelly Howard Ward Cox Díaz Richardson Wood Watson Brooks Bennett " +
  "Gray James Reyes Cruz Hughes Price Myers Long Foster Sanders 陈 李 田中 佐藤 김 박 Шевченко Παπαδόπουλος शर्मा"
).split(" ");
