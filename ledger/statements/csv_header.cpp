#include "ledger/statements/csv_header.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "ledger/statements/csv_cells.hpp"
#include "ledger/statements/csv_words.hpp"

namespace coop::statements {

namespace {

constexpr std::array<std::string_view, 11> languages{"de", "en", "fr", "nl", "es", "it",
                                                     "ca", "sv", "da", "pt", "pl"};

/// Reads one row as if it were the header.
class HeaderReader {
 public:
  HeaderReader(const SourceTable& table, std::size_t row)
      : table_{table}, row_{row}, cells_{table.rows[row].cells} {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      keys_.push_back(column_key(cells_[i]));
      if (keys_[i].empty()) continue;
      for (const CsvWord& word : meanings_of(keys_[i])) take(word, i);
    }
  }

  bool is_header() const {
    const std::optional<std::size_t> day = find(CsvMeaning::day);
    const bool has_amount = find(CsvMeaning::amount) || find(CsvMeaning::net_amount);
    const bool has_both = find(CsvMeaning::debit) && find(CsvMeaning::credit);
    return day && (has_amount || has_both);
  }

  CsvHeader header() const {
    CsvHeader header{row_, language(), {}, {}, {}, find(CsvMeaning::card).has_value()};
    CsvProfile& profile = header.profile;
    profile.separator = table_.separator;
    profile.fingerprint = header_fingerprint(cells_);
    const std::array<std::pair<CsvMeaning, std::string*>, 20> columns{{
        {CsvMeaning::day, &profile.day},
        {CsvMeaning::valued_on, &profile.valued_on},
        {CsvMeaning::amount, &profile.amount},
        {CsvMeaning::debit, &profile.debit},
        {CsvMeaning::credit, &profile.credit},
        {CsvMeaning::flag, &profile.flag},
        {CsvMeaning::name, &profile.name},
        {CsvMeaning::payer, &profile.payer},
        {CsvMeaning::payee, &profile.payee},
        {CsvMeaning::account, &profile.account},
        {CsvMeaning::bank, &profile.bank},
        {CsvMeaning::reference, &profile.reference},
        {CsvMeaning::end_to_end, &profile.end_to_end},
        {CsvMeaning::mandate, &profile.mandate},
        {CsvMeaning::creditor, &profile.creditor},
        {CsvMeaning::bank_id, &profile.bank_id},
        {CsvMeaning::code, &profile.code},
        {CsvMeaning::currency, &profile.currency},
        {CsvMeaning::balance, &profile.balance},
        {CsvMeaning::status, &profile.status},
    }};
    for (const auto& [meaning, column] : columns) *column = name_of(find(meaning));
    profile.own_account = name_of(find(CsvMeaning::own_account));
    header.any_account = name_of(find(CsvMeaning::any_account));
    header.net_amount = name_of(find(CsvMeaning::net_amount));
    if (profile.amount.empty()) profile.amount = std::exchange(header.net_amount, {});
    for (std::size_t i = 0; i < cells_.size(); ++i)
      if (is_text_[i]) profile.text.push_back(name_of(i));
    // Some German banks call the text what for others is the kind of booking.
    if (profile.text.empty() && profile.code == "buchungstext")
      profile.text.push_back(std::exchange(profile.code, {}));
    // Where there is one of both, it names the other side whatever way the money goes.
    if (profile.name.empty() && profile.payer.empty() != profile.payee.empty())
      profile.name = std::exchange(profile.payer.empty() ? profile.payee : profile.payer, {});
    return header;
  }

 private:
  struct Place {
    std::size_t rank;
    std::size_t column;
  };

  const std::string& first_cell_below(std::size_t column) const {
    const std::size_t end = std::min(table_.rows.size(), row_ + 1 + most_preamble_rows);
    for (std::size_t i = row_ + 1; i < end; ++i) {
      const std::string& cell = cell_at(table_.rows[i], column);
      if (!cell.empty()) return cell;
    }
    static const std::string blank;
    return blank;
  }

  void take(const CsvWord& word, std::size_t column) {
    CsvMeaning meaning = word.meaning;
    // "Valuta" is a day in German and Italian, a currency in Dutch and Swedish.
    if (meaning == CsvMeaning::currency || meaning == CsvMeaning::valued_on) {
      const bool is_day = find_csv_day(first_cell_below(column)).has_value();
      if (is_day != (meaning == CsvMeaning::valued_on)) return;
    }
    // "Débit/Crédit" may head signed amounts.
    if (meaning == CsvMeaning::flag) {
      const auto figure = find_figure(first_cell_below(column));
      if (figure && is_figure(*figure)) meaning = CsvMeaning::amount;
    }
    if (meaning == CsvMeaning::text) is_text_[column] = true;
    ++votes_[word.language];
    const auto [place, is_new] = places_.try_emplace(meaning, Place{word.rank, column});
    if (!is_new && word.rank < place->second.rank) place->second = {word.rank, column};
  }

  std::optional<std::size_t> find(CsvMeaning meaning) const {
    const auto found = places_.find(meaning);
    if (found == places_.end()) return std::nullopt;
    return found->second.column;
  }

  std::string name_of(std::optional<std::size_t> column) const {
    if (!column) return {};
    const bool is_twice = std::ranges::count(keys_, keys_[*column]) > 1;
    return is_twice ? "#" + std::to_string(*column + 1) : keys_[*column];
  }

  std::string language() const {
    const auto votes_of = [this](std::string_view language) {
      const auto found = votes_.find(language);
      return found == votes_.end() ? std::size_t{0} : found->second;
    };
    return std::string{*std::ranges::max_element(languages, {}, votes_of)};
  }

  const SourceTable& table_;
  std::size_t row_;
  const std::vector<std::string>& cells_;
  std::vector<std::string> keys_;
  std::vector<bool> is_text_ = std::vector<bool>(most_csv_columns, false);
  std::map<CsvMeaning, Place> places_;
  std::map<std::string_view, std::size_t> votes_;
};

}  // namespace

std::optional<CsvHeader> find_csv_header(const SourceTable& table) {
  const std::size_t rows = std::min(table.rows.size(), most_preamble_rows);
  for (std::size_t i = 0; i < rows; ++i) {
    if (table.rows[i].cells.size() < 2) continue;
    const HeaderReader reader{table, i};
    if (reader.is_header()) return reader.header();
  }
  return std::nullopt;
}

CsvBody body_below(const SourceTable& table, std::size_t header_row) {
  return {&table, table.rows[header_row].cells, header_row + 1};
}

}  // namespace coop::statements
