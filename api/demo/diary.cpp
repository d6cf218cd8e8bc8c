#include "api/demo/diary.hpp"

#include <algorithm>

namespace coop::api::demo {

namespace {

DiaryLine about(DiaryLine line, books::DimensionKind kind, const std::string& code) {
  line.about[static_cast<std::size_t>(kind)] = code;
  return line;
}

/// Entries of one Friday are written in the order of their own days; everything else after them.
Day own_day_of(const Happening& happening) {
  const auto* entry = std::get_if<WrittenEntry>(&happening.what);
  return entry == nullptr ? Day::parse("9999-12-31") : entry->day;
}

}  // namespace

DiaryLine DiaryLine::of_member(const std::string& code) const {
  return demo::about(*this, books::DimensionKind::member, code);
}
DiaryLine DiaryLine::of_fund(const std::string& code) const {
  return demo::about(*this, books::DimensionKind::fund, code);
}
DiaryLine DiaryLine::of_cost_object(const std::string& code) const {
  return demo::about(*this, books::DimensionKind::cost_object, code);
}

DiaryLine debit(std::string account, std::string unit, std::int64_t minor) {
  return {std::move(account), std::move(unit), minor};
}
DiaryLine credit(std::string account, std::string unit, std::int64_t minor) {
  return {std::move(account), std::move(unit), -minor};
}

Day friday_from(Day day) {
  // 1970-01-01 was a Thursday, so Fridays are the days with count 1 modulo 7.
  const int behind = (1 - day.count() % 7 + 7) % 7;
  return day.plus_days(behind);
}

void Diary::write(WrittenEntry entry) {
  const Day friday = friday_from(entry.day);
  write_on(friday, std::move(entry));
}

void Diary::write_on(Day day, WhatHappened what) { happenings_.push_back({day, std::move(what)}); }

std::vector<Happening> Diary::in_order() const {
  std::vector<Happening> ordered = happenings_;
  std::stable_sort(ordered.begin(), ordered.end(), [](const Happening& a, const Happening& b) {
    return std::pair{a.written_on, own_day_of(a)} < std::pair{b.written_on, own_day_of(b)};
  });
  return ordered;
}

}  // namespace coop::api::demo
