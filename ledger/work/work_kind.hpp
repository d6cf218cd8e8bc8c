#pragma once
#include <span>
#include <string>

namespace coop::work {

/// A kind of work that a node tells apart.
struct WorkKind {
  std::string code;
  std::string title;
  bool has_price;  ///< false: its hours are counted and reported, and never paid
};

/// Those that a node begins with: livelihood, love, care, travel.
std::span<const WorkKind> usual_work_kinds();
/// Throws Refused: name_malformed (code), field_invalid (title).
void require_work_kind(const WorkKind& kind);

}  // namespace coop::work
