#include "reports/account_tree.hpp"

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reports {

namespace {

// A part of a path and what lies below it.
struct Branch {
  std::string path;
  std::string label;
  std::string title;
  bool is_account = false;
  std::vector<std::int64_t> minor;
  std::vector<Branch> branches;
};

Branch& branch_below(Branch& above, std::string_view path, std::string_view label, std::size_t columns) {
  // Paths come in order, so that a path that is known is the last one.
  if (!above.branches.empty() && above.branches.back().label == label) return above.branches.back();
  above.branches.push_back(
      {std::string{path}, std::string{label}, {}, false, std::vector<std::int64_t>(columns), {}});
  return above.branches.back();
}

void grow(Branch& root, const AccountFigures& figures) {
  const std::string_view path = figures.account.path;
  Branch* at = &root;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    at = &branch_below(*at, path.substr(0, end), path.substr(begin, end - begin), figures.minor.size());
    add_figures(at->minor, figures.minor);
    begin = end + 1;
  }
  at->is_account = true;
  at->title = figures.account.title;
}

void join_single(Branch& branch) {
  for (Branch& below : branch.branches) join_single(below);
  if (branch.is_account || branch.branches.size() != 1 || branch.label.empty()) return;
  Branch only = std::move(branch.branches.front());
  only.label = branch.label + ":" + only.label;
  branch = std::move(only);
}

void prune(Branch& branch, bool zero_rows) {
  for (Branch& below : branch.branches) prune(below, zero_rows);
  if (zero_rows) return;
  std::erase_if(branch.branches,
                [](const Branch& below) { return below.branches.empty() && all_zero(below.minor); });
}

int parts_of(std::string_view path) {
  return 1 + static_cast<int>(std::count(path.begin(), path.end(), ':'));
}

void cut_below(Branch& branch, int depth) {
  if (!branch.path.empty() && parts_of(branch.path) >= depth) branch.branches.clear();
  for (Branch& below : branch.branches) cut_below(below, depth);
}

void list(const Branch& branch, int level, std::vector<TreeRow>& rows) {
  for (const Branch& below : branch.branches) {
    rows.push_back({below.path, below.label, below.title, level, below.minor});
    list(below, level + 1, rows);
  }
}

}  // namespace

bool all_zero(const std::vector<std::int64_t>& figures) {
  return std::all_of(figures.begin(), figures.end(), [](std::int64_t figure) { return figure == 0; });
}

void add_figures(std::vector<std::int64_t>& sums, const std::vector<std::int64_t>& figures) {
  sums.resize(std::max(sums.size(), figures.size()), 0);
  for (std::size_t i = 0; i < figures.size(); ++i) sums[i] = checked_add(sums[i], figures[i]);
}

std::string_view first_parts(std::string_view path, int depth) {
  std::size_t end = 0;
  for (int part = 0; part < depth; ++part) {
    end = path.find(':', part == 0 ? 0 : end + 1);
    if (end == std::string_view::npos) return path;
  }
  return path.substr(0, end);
}

std::vector<AccountFigures> grouped(const std::vector<AccountFigures>& accounts, int depth) {
  std::vector<AccountFigures> groups;
  for (const AccountFigures& figures : accounts) {
    const std::string_view path = first_parts(figures.account.path, depth);
    if (groups.empty() || groups.back().account.path != path) {
      groups.push_back(figures);
      groups.back().account.path = path;
      if (path != figures.account.path) groups.back().account.title.clear();
    } else {
      add_figures(groups.back().minor, figures.minor);
    }
  }
  return groups;
}

std::vector<TreeRow> tree_of(const std::vector<AccountFigures>& accounts, std::optional<int> depth,
                             bool zero_rows) {
  Branch root;
  for (const AccountFigures& figures : accounts) grow(root, figures);
  if (depth) cut_below(root, *depth);
  prune(root, zero_rows);
  join_single(root);
  std::vector<TreeRow> rows;
  list(root, 0, rows);
  return rows;
}

void require_depth(std::optional<int> depth) {
  if (!depth || *depth >= 1) return;
  throw Refused{Refusal::field_invalid, "a depth is 1 or more", "/depth"};
}

}  // namespace coop::reports
