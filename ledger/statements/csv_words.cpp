#include "ledger/statements/csv_words.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "ledger/statements/source_text.hpp"

namespace coop::statements {

namespace {

/// Names of columns in one language, as column_key reads them, between strokes; the plainest last.
struct Names {
  CsvMeaning meaning;
  std::string_view language;
  std::string_view names;
};

using enum CsvMeaning;

constexpr std::array column_names{
    Names{day, "en",
          "booking date|booked date|booked on|date booked|posting date|posted date|posted on|post date|"
          "date posted|entry date|accounting date|completed date|date completed|transaction date|"
          "transaction day|txn date|tran date|trans date|datetime|date time|date and time|date"},
    Names{day, "de", "buchungstag|buchungsdatum|buchung|datum der buchung|belegdatum|abschlussdatum|datum"},
    Names{day, "fr",
          "date de comptabilisation|date comptable|date d operation|date de l operation|"
          "date operation|date op|date transaction|date"},
    Names{day, "nl", "boekingsdatum|boekdatum|datum boeking|transactiedatum|datum"},
    Names{day, "es",
          "fecha contable|f contable|fecha operacion|fecha de operacion|f operacion|"
          "fecha movimiento|fecha de la operacion|fecha"},
    Names{day, "it",
          "data contabile|data contabilizzazione|data registrazione|data operazione|data movimento|"
          "data"},
    Names{day, "ca", "data comptable|data operacio|data d operacio|data moviment|data"},
    Names{day, "sv",
          "bokforingsdag|bokforingsdatum|bokford|bokfort|datum bokford|transaktionsdag|"
          "transaktionsdatum|datum"},
    Names{day, "da", "bogforingsdato|bogfort|bogfort dato|bokforingsdato|bokfort dato|bokfort|dato"},
    Names{day, "pt",
          "data mov|data movimento|data do movimento|data operacao|data da operacao|data lancamento|data"},
    Names{day, "pl", "data księgowania|data operacji|data transakcji|data"},
    Names{valued_on, "da", "rentedato|valordato|valuteringsdato"},
    Names{valued_on, "pt", "data valor|data de valor"},
    Names{valued_on, "pl", "data waluty"},
    Names{valued_on, "en", "value date|date value|valuta date|interest date"},
    Names{valued_on, "de",
          "valutadatum|valuta datum|valutatag|wertstellung|wertstellungstag|"
          "wertstellungsdatum|wertstellung valuta|wert|valuta"},
    Names{valued_on, "fr", "date de valeur|date valeur|date de valeur operation|valeur"},
    Names{valued_on, "nl", "rentedatum|valutadatum|valutadag"},
    Names{valued_on, "es", "fecha valor|fecha de valor|f valor"},
    Names{valued_on, "it", "data valuta|valuta"},
    Names{valued_on, "ca", "data valor"},
    Names{valued_on, "sv", "valutadag|valutadatum"},
    Names{amount, "en", "amount|transaction amount|booking amount|sum|gross|gross amount"},
    Names{amount, "de", "betrag|buchungsbetrag|umsatz|brutto"},
    Names{amount, "fr", "montant|montant de l operation|montant operation|montant de la transaction"},
    Names{amount, "nl", "bedrag|transactiebedrag"},
    Names{amount, "es", "importe|importe operacion|cantidad|monto"},
    Names{amount, "it", "importo"},
    Names{amount, "ca", "import|quantitat"},
    Names{amount, "sv", "belopp|transaktionsbelopp"},
    Names{amount, "da", "belob|belop"},
    Names{amount, "pt", "montante|importancia|valor"},
    Names{amount, "pl", "kwota|kwota operacji|kwota transakcji"},
    Names{net_amount, "en", "net amount|net"},
    Names{net_amount, "de", "nettobetrag|netto"},
    Names{net_amount, "fr", "montant net|net"},
    Names{debit, "en",
          "debit|debits|debit amount|withdrawal|withdrawals|withdrawal amount|money out|paid out|"
          "payments out|outflow|amount out"},
    Names{debit, "de",
          "soll|belastung|belastungen|lastschrift|lastschriften|ausgang|ausgange|ausgabe|ausgaben|"
          "auszahlung"},
    Names{debit, "fr", "debit|montant debit|debits|depense|depenses|sortie"},
    Names{debit, "nl", "debet|af|uit|uitgaven"},
    Names{debit, "es", "cargo|cargos|debe|debito|salida|salidas"},
    Names{debit, "it", "addebiti|addebito|dare|uscite|uscita"},
    Names{debit, "ca", "carrec|carrecs|deure|debit"},
    Names{debit, "sv", "uttag|utgift|utgifter|debet"},
    Names{debit, "da", "ut|ut fra konto|haevet|udgift"},
    Names{debit, "pt", "debito|debitos|saida"},
    Names{debit, "pl", "obciążenia|obciążenie"},
    Names{credit, "da", "inn|inn pa konto|ind|indsat"},
    Names{credit, "pt", "credito|creditos|entrada"},
    Names{credit, "pl", "uznania|uznanie"},
    Names{credit, "en",
          "credit|credits|credit amount|deposit|deposits|deposit amount|money in|paid in|"
          "payments in|inflow|amount in"},
    Names{credit, "de", "haben|gutschrift|gutschriften|eingang|eingange|einnahme|einnahmen|einzahlung"},
    Names{credit, "fr", "credit|montant credit|credits|recette|recettes|entree"},
    Names{credit, "nl", "credit|bij|in|inkomsten"},
    Names{credit, "es", "abono|abonos|haber|credito|entrada|entradas|ingreso|ingresos"},
    Names{credit, "it", "accrediti|accredito|avere|entrate|entrata"},
    Names{credit, "ca", "abonament|abonaments|haver|credit"},
    Names{credit, "sv", "insattning|insattningar|inkomst|inkomster|kredit"},
    Names{flag, "en",
          "debit credit|credit debit|debit or credit|dc|d c|c d|dr cr|cr dr|indicator|direction|"
          "debit credit indicator|credit debit indicator|cdt dbt ind|sign|+/-"},
    Names{flag, "de", "soll haben|s h|sh|soll haben kennzeichen|soll haben kennz|kennzeichen|vorzeichen"},
    Names{flag, "fr", "sens|sens operation|debit credit|signe"},
    Names{flag, "nl", "af bij|bij af|debet credit|d c"},
    Names{flag, "es", "debe haber|cargo abono|signo"},
    Names{flag, "it", "dare avere|segno"},
    Names{flag, "sv", "debet kredit"},
    Names{name, "en",
          "counterparty name|name of counterparty|counterparty|counter party|partner name|merchant name|"
          "merchant|opposite account name|payee name|description of counterparty|name"},
    Names{name, "de",
          "name zahlungsbeteiligter|zahlungsbeteiligter|beguenstigter zahlungspflichtiger|"
          "begunstigter zahlungspflichtiger|auftraggeber empfanger|auftraggeber empfaenger|"
          "begunstigter auftraggeber|"
          "auftraggeber begunstigter|auftraggeber zahlungsempfanger|empfanger auftraggeber|"
          "gegenpartei|partnername|name des partners|empfanger zahlungspflichtiger"},
    Names{name, "fr", "nom de la contrepartie|nom contrepartie|contrepartie|tiers|nom"},
    Names{name, "nl", "naam tegenpartij|naam tegenrekening|naam omschrijving|tegenpartij|naam"},
    Names{name, "es", "contraparte|beneficiario ordenante|ordenante beneficiario|nombre"},
    Names{name, "it", "controparte|ordinante beneficiario|beneficiario ordinante|nome"},
    Names{name, "ca", "contrapart|ordenant beneficiari|nom"},
    Names{name, "sv", "motpart|avsandare mottagare|mottagare avsandare|namn"},
    Names{name, "da", "modtager afsender|afsender modtager|mottaker avsender|navn"},
    Names{name, "pt", "contraparte|nome"},
    Names{name, "pl", "nadawca odbiorca|odbiorca nadawca|kontrahent|dane kontrahenta"},
    Names{payer, "en", "payer|payer name|from|debtor|debtor name|sender|remitter"},
    Names{payer, "de", "zahlungspflichtiger|zahlungspflichtige r|auftraggeber|zahler"},
    Names{payer, "fr", "donneur d ordre|payeur|emetteur"},
    Names{payer, "es", "ordenante"},
    Names{payer, "it", "ordinante"},
    Names{payer, "sv", "avsandare"},
    Names{payee, "en", "payee|to|creditor name|beneficiary|beneficiary name|recipient"},
    Names{payee, "de", "zahlungsempfanger|zahlungsempfanger in|zahlungsempfaenger|empfanger|begunstigter"},
    Names{payee, "fr", "beneficiaire|destinataire"},
    Names{payee, "nl", "begunstigde|ontvanger"},
    Names{payee, "es", "beneficiario"},
    Names{payee, "it", "beneficiario"},
    Names{payee, "sv", "mottagare"},
    Names{account, "en",
          "counterparty account|counterparty iban|counterparty account number|partner iban|"
          "opposite account|opposite account slug|account of counterparty|iban of counterparty"},
    Names{account, "de",
          "iban zahlungsbeteiligter|kontonummer iban|gegenkonto|iban des partners|"
          "iban zahlungsempfanger|gegenkonto iban"},
    Names{account, "fr",
          "compte contrepartie|compte de la contrepartie|compte de contrepartie|iban contrepartie"},
    Names{account, "nl",
          "tegenrekening|tegenrekening iban bban|iban tegenpartij|rekening tegenpartij|"
          "tegenrekening iban"},
    Names{account, "es", "cuenta contraparte|cuenta destino|iban contraparte"},
    Names{account, "it", "conto controparte|iban controparte"},
    Names{account, "sv", "motkonto|motpartens konto"},
    Names{own_account, "en", "own account|account iban|account slug|my account|card id"},
    Names{own_account, "de", "auftragskonto|iban auftragskonto|eigenes konto|eigene iban"},
    Names{own_account, "nl", "rekening|rekeningnummer|iban bban|eigen rekening"},
    Names{any_account, "en", "iban|account|account number|account no|bank account|account num"},
    Names{any_account, "de", "konto|kontonummer|iban kontonummer"},
    Names{any_account, "fr", "compte|numero de compte"},
    Names{any_account, "es", "cuenta|numero de cuenta"},
    Names{any_account, "it", "conto|numero conto"},
    Names{any_account, "ca", "compte|numero de compte"},
    Names{bank, "en",
          "bic of counterparty|counterparty bic|bic swift code zahlungsbeteiligter|bic "
          "zahlungsbeteiligter|bic swift code|bic swift|swift bic|swift code|swift|bic"},
    Names{bank, "de", "bankleitzahl|blz"},
    Names{bank, "nl", "bic tegenpartij"},
    Names{
        text, "en",
        "description|details|transaction description|transaction details|narrative|particulars|memo|purpose|"
        "remittance information|unstructured remittance information|payment details|message|"
        "note|notes|description 1|description 2|description 3|description1|description2|description3|order "
        "memo|text|label|comment"},
    Names{text, "de",
          "verwendungszweck|vorgang verwendungszweck|vwz|zweck|mitteilung|mitteilungen|"
          "beschreibung|buchungsdetails|avisierungstext|bemerkung|details|buchungsinformation|"
          "beschreibung1|beschreibung2|beschreibung3"},
    Names{text, "fr",
          "libelle|libelle operation|libelle de l operation|libelle simplifie|communication|"
          "communications|motif|informations complementaires|detail de l ecriture|details|description|"
          "detail"},
    Names{text, "nl",
          "omschrijving|omschrijving 1|omschrijving 2|omschrijving 3|mededeling|mededelingen|bericht|detail "
          "van de omzet"},
    Names{text, "es", "concepto|descripcion|observaciones|mas datos|detalle"},
    Names{text, "it", "descrizione|descrizione operazione|descrizione estesa|causale|dettagli"},
    Names{text, "ca", "concepte|descripcio|observacions|mes dades|moviment"},
    Names{text, "sv", "text|meddelande|beskrivning|rubrik|specifikation|transaktion"},
    Names{text, "da", "tekst|beskrivelse|forklaring|melding|meddelelse"},
    Names{text, "pt", "descricao|descricao do movimento|descritivo|historico"},
    Names{text, "pl", "opis transakcji|opis operacji|opis|tytuł|tytuł operacji"},
    Names{reference, "en",
          "reference|payment reference|customer reference|ref|your reference|ref no cheque no"},
    Names{reference, "de", "referenz|kundenreferenz|zahlungsreferenz|referenznummer"},
    Names{reference, "fr", "reference|reference client|ref"},
    Names{reference, "nl", "referentie|kenmerk|betalingskenmerk"},
    Names{reference, "es", "referencia|referencia 1"},
    Names{reference, "it", "riferimento"},
    Names{reference, "ca", "referencia"},
    Names{reference, "sv", "referens|ocr"},
    Names{end_to_end, "en", "end to end id|end to end reference|end to end|e2e|e2e id"},
    Names{end_to_end, "de", "kundenreferenz end to end|end to end referenz|ende zu ende referenz|eref"},
    Names{mandate, "en", "mandate id|mandate reference|mandate"},
    Names{mandate, "de", "mandatsreferenz|mandatsreferenz kundenreferenz|mref"},
    Names{mandate, "fr", "reference du mandat|reference mandat|mandat"},
    Names{mandate, "nl", "machtigingskenmerk|mandaatkenmerk"},
    Names{creditor, "en", "creditor id|creditor identifier"},
    Names{creditor, "de", "glaubiger id|glaeubiger id|glaubigeridentifikation"},
    Names{creditor, "nl", "incassant id"},
    Names{
        bank_id, "en",
        "transaction id|bank reference|entry id|unique id|fitid|short id|entry reference|transaction no|id"},
    Names{bank_id, "de", "transaktions id|transaktions nr|bankreferenz|buchungsreferenz|umsatz id"},
    Names{bank_id, "nl", "volgnr|volgnummer|transactiereferentie"},
    Names{bank_id, "fr", "reference banque|numero de transaction"},
    Names{currency, "en", "currency|ccy|currency code"},
    Names{currency, "de", "wahrung|waehrung|kontowahrung"},
    Names{currency, "fr", "devise|monnaie"},
    Names{currency, "nl", "munt|muntsoort|valuta|munteenheid"},
    Names{currency, "es", "divisa|moneda"},
    Names{currency, "it", "divisa|valuta"},
    Names{currency, "ca", "divisa|moneda"},
    Names{currency, "sv", "valuta|valutakod"},
    Names{currency, "da", "valuta"},
    Names{currency, "pt", "moeda"},
    Names{currency, "pl", "waluta"},
    Names{balance, "en",
          "running balance|balance after|balance|account balance|closing balance|"
          "balance after booking"},
    Names{balance, "de", "saldo nach buchung|saldo|kontostand|neuer saldo"},
    Names{balance, "fr", "solde|solde apres operation|solde comptable"},
    Names{balance, "nl", "saldo na trn|saldo na mutatie|saldo na boeking|saldo"},
    Names{balance, "es", "saldo posterior|saldo contable|saldo"},
    Names{balance, "it", "saldo contabile|saldo progressivo|saldo"},
    Names{balance, "ca", "saldo"},
    Names{balance, "sv", "bokfort saldo|saldo"},
    Names{balance, "da", "saldo"},
    Names{balance, "pt", "saldo contabilistico|saldo"},
    Names{balance, "pl", "saldo po operacji|saldo po transakcji|saldo"},
    Names{code, "en", "kind|transaction type|type|booking type|transaction code|category of booking"},
    Names{code, "de", "buchungstext|umsatztyp|umsatzart|buchungsart|vorgang|geschaftsvorfall|typ"},
    Names{code, "fr", "type d operation|type operation|nature|type"},
    Names{code, "nl", "mutatiesoort|code|soort"},
    Names{code, "es", "tipo|tipo de operacion|tipo movimiento"},
    Names{code, "it", "tipo|tipologia"},
    Names{code, "sv", "typ|transaktionstyp"},
    Names{code, "pl", "typ transakcji|rodzaj operacji"},
    Names{status, "en", "status|state|state type|booking status"},
    Names{status, "de", "umsatzstatus|buchungsstatus|info"},
    Names{status, "fr", "statut|etat"},
    Names{status, "es", "estado"},
    Names{status, "it", "stato"},
    Names{status, "ca", "estat"},
    Names{card, "en", "card id|card number|card no|card member|cardholder|card|merchant category"},
    Names{card, "de", "kartennummer|karteninhaber|kartenkonto|karte|belegdatum"},
    Names{card, "fr", "numero de carte|carte"},
    Names{card, "nl", "kaartnummer|kaart"},
    Names{card, "es", "tarjeta|numero tarjeta|numero de tarjeta"},
    Names{card, "it", "carta|numero carta"},
    Names{card, "sv", "kortnummer|kort"}};

constexpr std::string_view debit_flags =
    "|d|dr|dbit|debit|debet|debito|s|soll|af|dare|debe|cargo|carrec|uscita|withdrawal|out|outgoing|outgoing "
    "payment|-|belastung|lastschrift|sortie|uttag|";
constexpr std::string_view credit_flags =
    "|c|cr|crdt|credit|credito|h|haben|bij|avere|haber|abono|abonament|entrata|deposit|in|incoming|+|"
    "gutschrift|entree|insattning|k|kredit|";
constexpr std::string_view booked_words =
    "|booked|posted|completed|settled|cleared|gebucht|umsatz gebucht|comptabilise|geboekt|contabilizado|"
    "contabilizzato|comptabilitzat|bokford|paid|ok|executed|ausgefuhrt|done|"
    "udfort|bokfort|";
constexpr std::string_view pending_flags =
    "|pending|offen|reserved|authorised|authorized|vorgemerkt|umsatz vorgemerkt|in bearbeitung|en attente|"
    "in behandeling|gereserveerd|pendiente|in sospeso|pendent|reserverad|processing|unbooked|";
constexpr std::string_view refused_flags =
    "|declined|failed|rejected|cancelled|canceled|refused|abgelehnt|storniert|refuse|annule|geweigerd|"
    "rechazado|rifiutato|rebutjat|nekad|expired|error|reverted|void|voided|";
constexpr std::array<std::string_view, 16> totals{
    "total", "sum",    "summe",  "saldo",  "balance", "kontostand", "endsaldo", "anfangssaldo",
    "solde", "totaal", "totale", "totalt", "umsatz",  "opening",    "closing",  "neuer"};

// Three letters tell the months of all languages apart, but for the short forms of some.
constexpr std::string_view months =
    "|jan1|janv1|ene1|gen1|feb2|fev2|mar3|mrz3|maa3|mrt3|apr4|avr4|abr4|may5|mai5|mei5|mag5|maj5|jun6|juin6|"
    "giu6|jul7|juil7|lug7|aug8|aou8|ago8|sep9|set9|oct10|okt10|ott10|nov11|dec12|dez12|des12|dic12|";
constexpr std::array<std::string_view, 12> currencies{"eur", "euro", "euros", "chf", "usd", "gbp",
                                                      "sek", "nok",  "dkk",   "pln", "czk", "hrk"};

bool has_word(std::string_view words, const std::string& key) {
  return !key.empty() && key.size() < 30 && key.find('|') == std::string::npos &&
         words.find("|" + key + "|") != std::string_view::npos;
}

using Meanings = std::map<std::string, std::vector<CsvWord>, std::less<>>;

Meanings all_meanings() {
  Meanings meanings;
  for (const Names& row : column_names) {
    std::size_t rank = 0;
    for (std::size_t at = 0; at <= row.names.size(); ++rank) {
      const std::size_t end = std::min(row.names.find('|', at), row.names.size());
      meanings[std::string{row.names.substr(at, end - at)}].push_back({row.meaning, row.language, rank});
      at = end + 1;
    }
  }
  return meanings;
}

// "betrag in eur" without its currency is "betrag".
std::string without_currency(std::string key) {
  const std::size_t last = key.rfind(' ');
  if (last == std::string::npos) return key;
  if (std::ranges::find(currencies, std::string_view{key}.substr(last + 1)) == currencies.end()) return key;
  key.erase(last);
  for (const std::string_view joint : {" in", " en", " a", " i"})
    if (key.ends_with(joint)) key.erase(key.size() - joint.size());
  return key;
}

}  // namespace

std::vector<CsvWord> meanings_of(const std::string& key) {
  static const Meanings meanings = all_meanings();
  auto found = meanings.find(key);
  if (found == meanings.end()) found = meanings.find(without_currency(key));
  return found == meanings.end() ? std::vector<CsvWord>{} : found->second;
}

std::string currency_of_name(const std::string& key) {
  if (without_currency(key) == key) return {};
  const std::string last = in_capitals(std::string_view{key}.substr(key.rfind(' ') + 1));
  return last.starts_with("EUR") ? "EUR" : last;
}

std::optional<CsvFlag> find_flag(const std::string& key) {
  if (has_word(debit_flags, key)) return CsvFlag::debit;
  if (has_word(credit_flags, key)) return CsvFlag::credit;
  return std::nullopt;
}

std::optional<CsvStatus> find_status(const std::string& key) {
  if (has_word(booked_words, key)) return CsvStatus::booked;
  if (has_word(pending_flags, key)) return CsvStatus::pending;
  if (has_word(refused_flags, key)) return CsvStatus::refused;
  return std::nullopt;
}

bool begins_like_total(const std::string& key) {
  const std::string_view first = std::string_view{key}.substr(0, key.find(' '));
  return std::ranges::find(totals, first) != totals.end();
}

std::optional<int> find_month(const std::string& key) {
  for (const std::size_t size : {std::size_t{4}, std::size_t{3}}) {
    if (key.size() < size || key.size() > 12) continue;
    const std::size_t at = months.find("|" + key.substr(0, size));
    if (at == std::string_view::npos || !is_digit(months[at + 1 + size])) continue;
    const char second = months[at + 2 + size];
    const int first = months[at + 1 + size] - '0';
    return is_digit(second) ? first * 10 + (second - '0') : first;
  }
  return std::nullopt;
}

}  // namespace coop::statements
