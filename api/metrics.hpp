#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "api/route.hpp"

namespace coop::api {

/// What the program counts about itself, in Prometheus' text form. Thread-safe.
class Metrics {
 public:
  explicit Metrics(std::span<const Route> routes);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// Counts an answered request; `route` is null where nothing was found at the address. What never happened
  /// is not among the figures: a series begins with its first request.
  void answered(const Route* route, int status, double seconds);
  /// A figure that is read when somebody looks: `name` as Prometheus wants it ("coopledger_drafts_waiting").
  void watch(const std::string& name, const std::string& help, std::function<double()> read);
  /// All figures in the text exposition format.
  std::string text() const;

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace coop::api
