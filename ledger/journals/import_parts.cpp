#include "ledger/journals/import_parts.hpp"

#include <algorithm>
#include <map>

#include "ledger/values/wide_integer.hpp"

namespace coop::journals {

namespace {

// Leaves room for the postings that balance a part, one a unit.
constexpr std::size_t most_in_a_part = books::most_postings - 100;

ImportPart& part_for(std::vector<ImportPart>& parts, Day day) {
  const auto open = std::find_if(parts.begin(), parts.end(), [&](const ImportPart& part) {
    return part.day == day && part.postings.size() < most_in_a_part;
  });
  return open != parts.end() ? *open : parts.emplace_back(ImportPart{day, {}});
}

void balance(ImportPart& part, const std::string& clearing_path) {
  constexpr Wide most = books::most_posting_minor;
  std::map<UnitId, Wide> sums;
  for (const books::DraftPosting& posting : part.postings)
    sums[posting.amount.unit()] -= posting.amount.minor();
  for (auto& [unit, left] : sums) {
    while (left != 0) {  // more than one posting holds takes several
      const Wide minor = std::clamp<Wide>(left, -most, most);
      part.postings.push_back({clearing_path, Money::of_minor(narrowed(minor), unit), {}, ""});
      left -= minor;
    }
  }
}

}  // namespace

std::vector<ImportPart> parts_of(const std::vector<DatedPosting>& postings, Day own_day,
                                 const std::string& clearing_path) {
  const bool is_short = postings.size() <= books::most_postings;
  const bool is_of_one_day = std::all_of(postings.begin(), postings.end(), [&](const DatedPosting& dated) {
    return dated.day == postings.front().day;
  });
  std::vector<ImportPart> parts;
  if (is_short && is_of_one_day && !postings.empty()) {
    parts.push_back({postings.front().day, {}});
    for (const DatedPosting& dated : postings) parts.front().postings.push_back(dated.posting);
    return parts;
  }
  for (const DatedPosting& dated : postings) part_for(parts, dated.day).postings.push_back(dated.posting);
  std::stable_partition(parts.begin(), parts.end(),
                        [&](const ImportPart& part) { return part.day == own_day; });
  for (ImportPart& part : parts) balance(part, clearing_path);
  return parts;
}

}  // namespace coop::journals
