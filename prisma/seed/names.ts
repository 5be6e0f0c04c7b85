/** First and family names that `seed large` combines. */
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
