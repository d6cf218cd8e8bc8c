#include "api/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <atomic>
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

/// What is counted of one route; null until it happens, so that a page does not list what never did.
struct RouteFigures {
  std::array<std::atomic<prometheus::Counter*>, status_classes.size()> answers{};
  std::atomic<prometheus::Histogram*> seconds{};
};

/// The figure, made now if there is none yet; the family gives all who ask at once the same.
template <class Figure, class Make>
Figure& made(std::atomic<Figure*>& figure, const Make& make) {
  if (Figure* const known = figure) return *known;
  Figure& fresh = make();
  figure = &fresh;
  return fresh;
}

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

  prometheus::Labels labels_of(const Route* route) const {
    if (!route) return {{"method", ""}, {"route", "none"}};
    return {{"method", std::string{route->method}}, {"route", std::string{route->pattern}}};
  }
  prometheus::Counter& make_counter(const Route* route, std::size_t status_class) {
    auto labels = labels_of(route);
    labels.emplace("status", status_classes[status_class]);
    return requests.Add(labels);
  }
  prometheus::Histogram& make_histogram(const Route* route) {
    static const prometheus::Histogram::BucketBoundaries boundaries{
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30};
    return seconds.Add(labels_of(route), boundaries);
  }
};

Metrics::Metrics(std::span<const Route> routes) : held_{new Held} {
  for (const Route& route : routes) held_->routes.try_emplace(&route);
  held_->routes.try_emplace(nullptr);
}

Metrics::~Metrics() = default;

void Metrics::answered(const Route* route, int status, double seconds) {
  const auto found = held_->routes.find(route);
  if (found == held_->routes.end()) return;
  const auto status_class = static_cast<std::size_t>(status >= 100 && status < 600 ? status / 100 : 0);
  made(found->second.answers[status_class], [&]() -> auto& {
    return held_->make_counter(route, status_class);
  }).Increment();
  made(found->second.seconds, [&]() -> auto& { return held_->make_histogram(route); }).Observe(seconds);
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
