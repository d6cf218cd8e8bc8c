#pragma once
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace coop::bench {

/// Seconds on a clock that only runs forward.
inline double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// The middle value; the upper of the two middle ones of an even count.
inline double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

/// Named measurements taken in interleaved rounds, so that a slow moment of the machine hits all of them
/// alike.
class Rounds {
 public:
  /// Adds a measurement: `measure` runs it once and returns its figure.
  void add(std::string name, std::function<double()> measure) {
    measures_.emplace_back(std::move(name), std::move(measure));
  }
  /// Runs all measurements `rounds` times, one after the other; with `only`, those whose name has it.
  void run(int rounds, const std::string& only = "") {
    for (int round = 0; round < rounds; ++round) {
      for (const auto& [name, measure] : measures_) {
        if (name.find(only) == std::string::npos) continue;
        figures_[name].push_back(measure());
        std::fprintf(stderr, "round %d  %-40s %12.1f\n", round + 1, name.c_str(), figures_[name].back());
      }
    }
  }
  /// The median of a measurement's figures.
  double of(const std::string& name) const { return figures_.contains(name) ? median(figures_.at(name)) : 0; }
  /// The median over the rounds of one measurement divided by another of the same round.
  double ratio(const std::string& name, const std::string& baseline) const {
    std::vector<double> ratios;
    if (!figures_.contains(name) || !figures_.contains(baseline)) return 0;
    const auto& a = figures_.at(name);
    const auto& b = figures_.at(baseline);
    for (std::size_t i = 0; i < a.size(); ++i) ratios.push_back(a[i] / b[i]);
    return median(ratios);
  }

 private:
  std::vector<std::pair<std::string, std::function<double()>>> measures_;
  std::map<std::string, std::vector<double>> figures_;
};

/// The words that a benchmark was started with. They live as long as main().
class Arguments {
 public:
  Arguments(int count, char** words) : count_{count}, words_{words} {}
  /// The whole number at a place, 1 for the first; `otherwise` if nothing stands there.
  int number(int place, int otherwise) const { return count_ > place ? std::atoi(words_[place]) : otherwise; }

 private:
  int count_;
  char** words_;
};

/// Prints one target: what was reached, what is asked, and whether that holds.
inline void report(const std::string& what, double reached, const char* comparison, double target) {
  const bool holds = comparison[0] == '>' ? reached >= target : reached <= target;
  std::printf("%-78s %8.3f  (target %s %.3f)  %s\n", what.c_str(), reached, comparison, target,
              holds ? "ok" : "MISSED");
}

}  // namespace coop::bench
