#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

namespace coop::test {

/// How long a test waits for what must come. A slow and busy machine may need long; where all is well nobody
/// waits so long.
constexpr std::chrono::seconds patience{60};

/// Looks again and again until `reached`. False if it does not come in patience.
bool comes_true(const std::function<bool()>& reached);

/// CPU time this process has used so far.
std::chrono::milliseconds cpu_time();

/// Whether this process comes to rest: sooner or later it uses next to no CPU for a while. One with a thread
/// that spins never does.
bool comes_to_rest();

/// Whether a forked child may start threads: the thread sanitizer of GCC loses its way there.
#ifdef __SANITIZE_THREAD__
constexpr bool children_may_start_threads = false;
#else
constexpr bool children_may_start_threads = true;
#endif

/// How many descriptors this process holds.
int descriptors_open();

/// `wanted`, or fewer where this process may not hold so many connections with both ends. Raises the limit of
/// open files to what is allowed.
int connections_that_fit(int wanted);

/// Ports of 127.0.0.1 that nobody uses now, each another.
std::vector<std::uint16_t> free_ports(int count);

}  // namespace coop::test
