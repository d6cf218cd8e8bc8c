#include "api/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <map>
#include <mutex>

namespace coop::api {

namespace {

constexpr std::array<const char*, 6> status_classes{"other", "1xx", "2xx", "3xx", "4xx", "5xx"};

/// A gauge and where its value comes from.
struct WatchedFigure {
  prometheus::Gauge* gauge;
  std::function<double()> read;
};

/// What is counted of one route.
struct RouteFigures {
  std::array<prometheus::Counter*, 6> answers;
  prometheus::Histogram* seconds;
};

}  // namespace

struct Metrics::Held {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests =
      prometheus::BuildCounter()
          .Name("coopledger_http_requests_total")
          .Help("Answered requests by route and class of status.")
          .Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds = prometheus::BuildHistogram()
                                                           .Name("coopledger_http_request_seconds")
                                                           .Help("Time from the request to its answer.")
                                                           .Register(registry);
  std::map<const Route*, RouteFigures> routes;
  mutable std::mutex mutex;
  std::vector<WatchedFigure> watched;

  RouteFigures figures_of(const std::string& method, const std::string& pattern) {
    static const prometheus::Histogram::BucketBoundaries boundaries{
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30};
    RouteFigures figures{};
    for (std::size_t i = 0; i < status_classes.size(); ++i)
      figures.answers[i] =
          &requests.Add({{"method", method}, {"route", pattern}, {"status", status_classes[i]}});
    figures.seconds = &seconds.Add({{"method", method}, {"route", pattern}}, boundaries);
    return figures;
  }
};

Metrics::Metrics(std::span<const Route> routes) : held_{new Held} {
  for (const Route& route : routes)
    held_->routes.emplace(&route, held_->figures_of(std::string{route.method}, std::string{route.pattern}));
  held_->routes.emplace(nullptr, held_->figures_of("", "none"));
}

Metrics::~Metrics() = default;

void Metrics::answered(const Route* route, int status, double seconds) {
  const auto found = held_->routes.find(route);
  if (found == held_->routes.end()) return;
  const auto status_class = static_cast<std::size_t>(status >= 100 && status < 600 ? status / 100 : 0);
  found->second.answers[status_class]->Increment();
  found->second.seconds->Observe(seconds);
}

void Metrics::watch(const std::string& name, const std::string& help, std::function<double()> read) {
  const std::lock_guard lock{held_->mutex};
  auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(held_->registry);
  held_->watched.push_back({&family.Add({}), std::move(read)});
}

std::string Metrics::text() const {
  const std::lock_guard lock{held_->mutex};
  for (const WatchedFigure& figure : held_->watched) figure.gauge->Set(figure.read());
  return prometheus::TextSerializer{}.Serialize(held_->registry.Collect());
}

}  // namespace coop::api
