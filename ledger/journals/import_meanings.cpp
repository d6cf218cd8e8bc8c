#include "ledger/journals/import_meanings.hpp"

#include <algorithm>
#include <set>

#include "ledger/journals/import_names.hpp"

namespace coop::journals {

namespace {

constexpr int most_decimals = 6;
constexpr int usual_decimals = 2;

// Signs of several currencies, with the likeliest.
std::optional<std::string> likely_currency(const std::string& sign) {
  if (sign == "$") return "USD";
  return sign == "¥" ? std::optional<std::string>{"JPY"} : std::nullopt;
}

// A code that the commodity might have: "ACME2" of "ACME 2"; nothing if its letters are too few or too many.
std::optional<std::string> likely_code(const std::string& commodity) {
  std::string code;
  for (const char letter : commodity) {
    if (letter >= 'a' && letter <= 'z') code += static_cast<char>(letter - 'a' + 'A');
    if ((letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9' && !code.empty())) code += letter;
  }
  return code.size() >= 2 && code.size() <= 10 ? std::optional{code} : std::nullopt;
}
constexpr int most_digits_of_64_bits = 18;
constexpr std::size_t most_letters_of_a_path = 255;
constexpr std::size_t most_letters_of_a_title = 200;

const Iso4217* find_currency(const std::string& code) {
  for (const Iso4217& currency : iso4217_currencies()) {
    if (currency.code == code) return &currency;
  }
  return nullptr;
}

// As a shell reads it.
std::string option_for(const std::string& commodity, const std::optional<std::string>& code) {
  std::string quoted;
  for (const char letter : commodity) quoted += letter == '\'' ? "'\\''" : std::string{letter};
  return "--commodity '" + quoted + '=' + (code ? *code + "'" : "…', the code of a unit");
}

/// Finds what the names of one file mean.
class Finding {
 public:
  Finding(const ImportSurvey& survey, const ImportOptions& options, const ExistingBooks& existing,
          Doubts& doubts)
      : survey_{survey}, options_{options}, existing_{existing}, doubts_{doubts} {}

  ImportMeanings meanings() {
    meanings_.dimensions = existing_.dimensions;
    meanings_.dimensions.insert(survey_.dimensions().begin(), survey_.dimensions().end());
    for (const auto& [commodity, seen] : survey_.commodities()) {
      if (is_wanted(seen.use)) find_unit(commodity, seen);
    }
    for (auto& [commodity, meant] : meanings_.units) {
      if (const auto made = new_units_.find(meant.unit.code); made != new_units_.end())
        meant.unit = made->second;
    }
    for (const auto& [name, seen] : survey_.accounts()) find_account(name, seen);
    tell_of_names();
    for (const std::string& name :
         {options_.conversion_account, options_.clearing_account, options_.virtual_account})
      meanings_.types.emplace(path_of_imported(name), books::AccountType::equity);
    if (options_.rounding_account) {
      meanings_.types.emplace(path_of_imported(*options_.rounding_account),
                              type_of_imported(*options_.rounding_account, std::nullopt, options_)
                                  .value_or(books::AccountType::equity));
    }
    return std::move(meanings_);
  }

 private:
  bool is_wanted(const ImportSurvey::Use& use) const {
    return use.is_regular || (use.is_virtual && options_.virtual_postings == VirtualPostings::book);
  }

  void find_unit(const std::string& commodity, const ImportSurvey::Commodity& seen) {
    const auto code = code_of_commodity(commodity, options_);
    if (!code) {
      const std::string what = commodity.empty() ? "which unit are amounts without a commodity?"
                                                 : "which unit is the commodity '" + commodity + "'?";
      doubts_.obstacle("commodities without a unit", "",
                       what + " Say it with " + option_for(commodity, proposed_code(commodity)));
      return;
    }
    const auto said = options_.commodities.find(commodity);
    const int shift = said == options_.commodities.end() ? 0 : said->second.shift;
    check_shared(commodity, *code);
    if (const auto known = existing_.units.find(*code); known != existing_.units.end()) {
      meanings_.units.emplace(commodity, MeantUnit{known->second, shift});
      return;
    }
    if (!options_.may_make_units) refuse_new_unit(commodity, *code);
    const UnitId stand_in{-1 - static_cast<int>(new_units_.size())};
    Unit& unit = new_units_.try_emplace(*code, Unit{stand_in, *code, 0}).first->second;
    unit.scale = std::max(unit.scale, new_scale(*code, commodity, seen, shift));
    meanings_.units.emplace(commodity, MeantUnit{unit, shift});
  }

  // A code that an import would take for it; nothing if none follows.
  std::optional<std::string> proposed_code(const std::string& commodity) {
    if (const auto currency = likely_currency(commodity); currency && may_be_unit(*currency)) return currency;
    const auto code = likely_code(commodity);
    if (!code || !may_be_unit(*code) || is_taken(commodity, *code)) return std::nullopt;
    return proposed_.insert(*code).second ? code : std::nullopt;
  }

  bool may_be_unit(const std::string& code) const {
    return options_.may_make_units || existing_.units.contains(code);
  }

  // By another commodity.
  bool is_taken(const std::string& commodity, const std::string& code) const {
    const auto& all = survey_.commodities();
    return std::any_of(all.begin(), all.end(), [&](const auto& other) {
      return other.first != commodity && code_of_commodity(other.first, options_) == code;
    });
  }

  void refuse_new_unit(const std::string& commodity, const std::string& code) {
    const std::string what = commodity == code ? "the commodity '" + commodity + "' is no unit of this server"
                                               : "the commodity '" + commodity + "' would be the unit " +
                                                     code + ", which this server does not have";
    doubts_.obstacle(
        "units that do not exist", "",
        what + ". Say which unit it is with --commodity '" + commodity +
            "=…', or let an operator add it: POST /v1/units, or --new-units on the command line");
  }

  // "€" and "EUR" may be one unit, as may what the options say; "eco" and "ECO" need not be the same.
  void check_shared(const std::string& commodity, const std::string& code) {
    const auto same = std::find_if(meanings_.units.begin(), meanings_.units.end(),
                                   [&](const auto& other) { return other.second.unit.code == code; });
    if (same == meanings_.units.end()) return;
    const std::string both = "'" + same->first + "' and '" + commodity + "'";
    if (is_guessed(commodity, code) || is_guessed(same->first, code)) {
      doubts_.obstacle("commodities that meet", "",
                       both + " would both be the unit " + code + ": say what they are with --commodity '" +
                           commodity + "=" + code + "'");
    } else {
      doubts_.note("commodities that are one unit", "", both + " are both the unit " + code);
    }
  }

  bool is_guessed(const std::string& commodity, const std::string& code) const {
    return !options_.commodities.contains(commodity) && commodity != code && in_capitals(commodity) == code;
  }

  // A currency's own decimals, or as many as the file writes, as far as units and 64 bits go.
  int new_scale(const std::string& code, const std::string& commodity, const ImportSurvey::Commodity& seen,
                int shift) {
    if (const Iso4217* currency = find_currency(code)) return currency->scale;
    const int needed = std::max(seen.needed_places - shift, 0);
    int written = std::max(seen.written_places - shift, 0);
    if (needed > most_decimals && !options_.rounding_account) {
      doubts_.obstacle(
          "commodities with too many decimals", "",
          "the commodity '" + commodity + "' is written with " + std::to_string(needed) +
              " decimals; units have at most six. Count it in a smaller unit, as in --commodity '" +
              commodity + "=MICRO-" + code + "*1000000', or round with --rounding-account");
    }
    if (written > most_decimals) written = std::max(needed, usual_decimals);  // quarters of an hour, computed
    const int room = std::max(most_digits_of_64_bits - seen.whole_digits - shift, 0);
    return std::min(std::min(written, most_decimals), std::max(needed, room));
  }

  void find_account(const std::string& name, const ImportSurvey::Account& seen) {
    const std::string path = path_of_imported(name);
    meanings_.paths.emplace(name, path);
    if (!is_wanted(seen.use)) return;
    if (path.size() > most_letters_of_a_path) {
      doubts_.obstacle("long names", "",
                       "the name of the account '" + name +
                           "' has more than 255 letters; hledger's --alias "
                           "gives it a shorter one");
    }
    const auto [same, is_new] = names_.emplace(path, name);
    if (!is_new)
      doubts_.obstacle("names that meet", "", "'" + name + "' and '" + same->second + "' become one account");
    find_type(name, path, seen.declared_type);
    if (path == name) return;
    if (name.size() <= most_letters_of_a_title) meanings_.titles.emplace(path, name);
    constexpr int most_examples = 5;
    if (++otherwise_ <= most_examples)
      examples_ += (otherwise_ == 1 ? "'" : ", '") + name + "' as '" + path + "'";
    else if (otherwise_ == most_examples + 1) examples_ += " …";
  }

  void tell_of_names() {
    if (otherwise_ == 0) return;
    doubts_.note("names stored otherwise", "",
                 (otherwise_ == 1 ? "1 name of an account is"
                                  : std::to_string(otherwise_) + " names of accounts are") +
                     " stored otherwise, as paths can be: " + examples_);
  }

  void find_type(const std::string& name, const std::string& path,
                 const std::optional<std::string>& declared) {
    if (const auto type = type_of_imported(name, declared, options_)) {
      meanings_.types.emplace(path, *type);
      return;
    }
    const auto existing = existing_.accounts.lower_bound({path, ""});
    if (existing != existing_.accounts.end() && existing->first.first == path) {
      meanings_.types.emplace(path, existing->second.type);
      return;
    }
    const std::string first = name.substr(0, name.find(':'));
    doubts_.obstacle(
        "accounts without a type", "",
        "of which type are the accounts '" + first + "'? Say it with --account-type '" + first + "=asset'");
  }

  const ImportSurvey& survey_;
  const ImportOptions& options_;
  const ExistingBooks& existing_;
  Doubts& doubts_;
  ImportMeanings meanings_;
  std::map<std::string, Unit> new_units_;     ///< by code
  std::map<std::string, std::string> names_;  ///< by path
  std::set<std::string> proposed_;            ///< codes in examples
  int otherwise_ = 0;                         ///< names that are stored otherwise
  std::string examples_;                      ///< the first of them
};

}  // namespace

ImportMeanings meanings_of(const ImportSurvey& survey, const ImportOptions& options,
                           const ExistingBooks& existing, Doubts& doubts) {
  return Finding{survey, options, existing, doubts}.meanings();
}

std::vector<ImportUnit> import_units_of(const ImportMeanings& meanings, const ExistingBooks& existing) {
  std::vector<ImportUnit> units;
  for (const auto& [commodity, meant] : meanings.units) {
    const Unit& unit = meant.unit;
    units.push_back({commodity, unit.code, unit.scale, !existing.units.contains(unit.code), meant.shift});
  }
  return units;
}

}  // namespace coop::journals
