#include "api/log.hpp"

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

namespace coop::api {
namespace {

constexpr const char* instant = "2026-01-31T09:05:00.123456Z";

TEST(Log, WritesALineForEyesOrForMachines) {
  const std::string payload =
      "request answered\x1fstatus\x1e"
      "201\x1fpath\x1d/v1/nodes";
  EXPECT_EQ(log_line("text", instant, "info", payload),
            "2026-01-31T09:05:00.123456Z info request answered status=201 path=/v1/nodes\n");
  EXPECT_EQ(log_line("json", instant, "info", payload),
            "{\"at\":\"2026-01-31T09:05:00.123456Z\",\"level\":\"info\",\"event\":\"request answered\","
            "\"status\":201,\"path\":\"/v1/nodes\"}\n");
}

TEST(Log, KeepsALineOneLineWhateverItsValuesHold) {
  const std::string payload =
      "failed\nbadly\x1fwhy\x1d"
      "a \"b\"\r\n2026 info all is well";
  const std::string text = log_line("text", instant, "error", payload);
  const std::string json = log_line("json", instant, "error", payload);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  EXPECT_EQ(std::count(json.begin(), json.end(), '\n'), 1);
  EXPECT_NE(text.find("why=\"a \\\"b\\\"\\u000d\\n2026 info all is well\""), std::string::npos) << text;
}

TEST(Log, SendsFieldsAndPlainLinesThroughOneLogger) {
  set_up_log("info", "json");
  testing::internal::CaptureStderr();
  log_event(LogLevel::debug, "not written");
  log_event(LogLevel::warning, "listening", {{"port", 8080}, {"address", "::1 \x1f x"}});
  spdlog::error("PostgreSQL ended");
  const std::string lines = testing::internal::GetCapturedStderr();
  set_up_log("info", "text");
  EXPECT_EQ(lines.find("not written"), std::string::npos);
  EXPECT_NE(
      lines.find("\"level\":\"warning\",\"event\":\"listening\",\"port\":8080,\"address\":\"::1   x\"}\n"),
      std::string::npos)
      << lines;
  EXPECT_NE(lines.find("\"level\":\"error\",\"event\":\"PostgreSQL ended\"}\n"), std::string::npos) << lines;
}

}  // namespace
}  // namespace coop::api
