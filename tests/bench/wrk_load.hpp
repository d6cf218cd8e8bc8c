#pragma once
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace coop::bench {

/// What wrk saw.
struct WrkFigures {
  double requests_per_second = 0;
  double median_ms = 0;
  double p99_ms = 0;
};

/// "850.00us", "4.10ms" or "1.20s" in milliseconds.
inline double milliseconds_from(const std::string& text) {
  const double number = std::strtod(text.c_str(), nullptr);
  if (text.ends_with("us")) return number / 1000;
  return text.ends_with("ms") ? number : number * 1000;
}

/// Runs wrk with `script` (Lua) against a loopback port. Throws if any answer was not 2xx or a connection
/// broke: a figure with failures in it says nothing.
class WrkLoad {
 public:
  WrkLoad(std::filesystem::path folder, std::uint16_t port) : folder_{std::move(folder)}, port_{port} {}

  WrkFigures run(const std::string& script, int connections, double seconds) const {
    const std::string file = (folder_ / "load.lua").string();
    std::ofstream{file} << script;
    const std::string command = "wrk -t" + std::to_string(connections > 1 ? 2 : 1) + " -c" +
                                std::to_string(connections) + " -d" +
                                std::to_string(static_cast<int>(seconds)) + "s --timeout 20s --latency -s " +
                                file + " http://127.0.0.1:" + std::to_string(port_) + " 2>&1";
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error{"wrk cannot be started"};
    std::string said;
    std::array<char, 512> line{};
    while (std::fgets(line.data(), line.size(), pipe) != nullptr) said += line.data();
    ::pclose(pipe);
    if (said.find("Non-2xx") != std::string::npos || said.find("Socket errors") != std::string::npos ||
        said.find("Requests/sec:") == std::string::npos) {
      throw std::runtime_error{"the load failed:\n" + said};
    }
    return {std::strtod(after(said, "Requests/sec:").c_str(), nullptr), milliseconds_from(after(said, "50%")),
            milliseconds_from(after(said, "99%"))};
  }

 private:
  /// The word that follows `label`.
  static std::string after(const std::string& text, const std::string& label) {
    const std::size_t begin = text.find_first_not_of(' ', text.find(label) + label.size());
    return text.substr(begin, text.find_first_of(" \n", begin) - begin);
  }

  std::filesystem::path folder_;
  std::uint16_t port_;
};

}  // namespace coop::bench
