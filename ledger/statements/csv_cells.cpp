#include "ledger/statements/csv_cells.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "ledger/statements/csv_profile.hpp"
#include "ledger/statements/csv_words.hpp"
#include "ledger/statements/source_text.hpp"
#include "ledger/statements/written_amount.hpp"

namespace coop::statements {

namespace {

constexpr std::size_t longest_cell = 60;

/// A sign of a currency, and its code where there is only one.
struct CurrencySign {
  std::string_view sign;
  std::string_view code;
};
constexpr std::array<CurrencySign, 4> currency_signs{
    {{"\xE2\x82\xAC", "EUR"}, {"\xC2\xA3", "GBP"}, {"$", ""}, {"\xC2\xA5", ""}}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Cuts what is no number off both ends of a figure.
class FigureCutter {
 public:
  explicit FigureCutter(std::string_view text) : text_{trimmed(text)} {}

  std::optional<CsvFigure> cut() {
    std::string before;
    if (text_.starts_with('(') && text_.ends_with(')') && text_.size() > 2) {
      text_ = trimmed(text_.substr(1, text_.size() - 2));
      before = "-";
    } else if (text_.starts_with('-') || text_.starts_with('+')) {
      before = text_.substr(0, 1);
      text_ = trimmed(text_.substr(1));
    }
    if (text_.empty() || text_.find_first_not_of('-') == std::string_view::npos) return std::nullopt;
    for (bool goes_on = true; goes_on;) goes_on = cut_sign() || cut_word();
    figure_.has_sign = figure_.has_sign || !before.empty() || text_.find_first_of("+-") != text_.npos ||
                       text_.find("\xE2\x88\x92") != text_.npos;
    figure_.text = before + minus_ + std::string{text_};
    return std::move(figure_);
  }

 private:
  bool cut_sign() {
    for (const CurrencySign& sign : currency_signs) {
      if (text_.starts_with(sign.sign)) {
        text_.remove_prefix(sign.sign.size());
      } else if (text_.ends_with(sign.sign)) {
        text_.remove_suffix(sign.sign.size());
      } else {
        continue;
      }
      text_ = trimmed(text_);
      if (!sign.code.empty()) figure_.currency = sign.code;
      return true;
    }
    return false;
  }

  // A currency's code before or behind, "kr" or "Fr.", or a word that says debit or credit.
  bool cut_word() {
    std::size_t front = 0;
    while (front < text_.size() && is_letter(text_[front])) ++front;
    std::size_t back = text_.size();
    while (back > 0 && is_letter(text_[back - 1])) --back;
    const bool is_front = front > 0;
    const std::string word{is_front ? text_.substr(0, front) : text_.substr(back)};
    if (word.empty() || word.size() > 3 || !takes(word, is_front)) return false;
    text_ = trimmed(is_front ? text_.substr(front) : text_.substr(0, back));
    if (is_front && text_.starts_with('.') && word.size() == 2) text_ = trimmed(text_.substr(1));
    return true;
  }

  bool takes(const std::string& word, bool is_front) {
    const std::string capitals = in_capitals(word);
    const bool is_flag = capitals == "DR" || capitals == "CR" || capitals.size() == 1;
    if (is_flag && !is_front) {
      const std::optional<CsvFlag> flag = find_flag(column_key(word));
      if (!flag || std::exchange(figure_.has_sign, true)) return false;
      if (*flag == CsvFlag::debit) minus_ = "-";
      return true;
    }
    if (capitals == "KR" || capitals == "FR") return true;
    if (word.size() != 3 || !figure_.currency.empty()) return false;
    figure_.currency = capitals;
    return true;
  }

  std::string_view text_;
  std::string minus_;
  CsvFigure figure_;
};

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size() && words.size() < 5;) {
    const std::size_t begin = text.find_first_not_of(" -/.,", at);
    if (begin == std::string_view::npos) break;
    at = std::min(text.find_first_of(" -/.,", begin), text.size());
    words.push_back(text.substr(begin, at - begin));
  }
  return words;
}

}  // namespace

std::optional<CsvFigure> find_figure(std::string_view cell) {
  if (cell.size() > longest_cell) return CsvFigure{std::string{cell}, {}, false};
  return FigureCutter{cell}.cut();
}

bool is_figure(const CsvFigure& figure) {
  return find_written_amount(figure.text, '.') || find_written_amount(figure.text, ',');
}

std::optional<WrittenDay> find_csv_day(std::string_view cell) {
  if (cell.empty() || cell.size() > longest_cell) return std::nullopt;
  if (const auto written = find_written_day(cell)) return written;
  std::vector<std::string_view> words = words_of(cell);
  if (words.size() > 3 && words[3].find(':') != std::string_view::npos) words.resize(3);
  if (words.size() != 3) return std::nullopt;
  if (!is_digit(words[0].front())) std::swap(words[0], words[1]);
  const std::optional<int> month = find_month(column_key(words[1]));
  const bool has_year = words[2].size() == 2 || words[2].size() == 4;
  if (!month || !is_number(words[0]) || words[0].size() > 2 || !is_number(words[2]) || !has_year)
    return std::nullopt;
  const int number = std::stoi(std::string{words[2]});
  const WrittenDay written{words[2].size() == 2 ? year_of_two_digits(number) : number, *month,
                           std::stoi(std::string{words[0]}), true};
  if (!find_clamped_day(written.year, written.first, written.second)) return std::nullopt;
  return written;
}

}  // namespace coop::statements
