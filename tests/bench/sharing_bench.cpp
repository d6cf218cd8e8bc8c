// Dividing an amount exactly by very many weights against sorting them, in one run.
// usage: sharing_bench [weights, 1000000] [rounds, 9]
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <numeric>
#include <random>
#include <vector>

#include "ledger/values/split.hpp"

namespace coop::bench {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

template <class Work>
double milliseconds_of(Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return Milliseconds{std::chrono::steady_clock::now() - begin}.count();
}

double median_of(std::vector<double> times) {
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
  return times[times.size() / 2];
}

void measure(const char* name, std::int64_t most, std::size_t count, int rounds) {
  std::mt19937_64 chance{42};  // the same weights in every run
  std::uniform_int_distribution<std::int64_t> any{0, most};
  std::vector<std::int64_t> weights(count);
  for (std::int64_t& weight : weights) weight = any(chance);
  std::vector<double> sorting;
  std::vector<double> dividing;
  const std::int64_t total = 98'765'432'109;
  for (int round = 0; round < rounds; ++round) {
    std::vector<std::int64_t> copy = weights;
    sorting.push_back(milliseconds_of([&] { std::sort(copy.begin(), copy.end()); }));
    std::vector<std::int64_t> parts;
    dividing.push_back(milliseconds_of([&] { parts = split_exactly(total, weights); }));
    if (std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) != total) std::abort();
  }
  const double sorted = median_of(sorting);
  const double divided = median_of(dividing);
  std::cout << name << ": dividing " << divided << " ms, sorting " << sorted << " ms, ratio "
            << divided / sorted << '\n';
}

}  // namespace
}  // namespace coop::bench

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 9;
  coop::bench::measure("weights up to a million", 1'000'000, count, rounds);
  coop::bench::measure("weights of 62 bits", std::int64_t{1} << 62, count, rounds);
}
