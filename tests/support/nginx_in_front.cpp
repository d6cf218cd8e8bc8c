#include "tests/support/nginx_in_front.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "api/nginx_site.hpp"
#include "tests/support/machine.hpp"
#include "tests/support/ran_program.hpp"

extern char** environ;

namespace coop::test {

namespace {

constexpr const char* program = "/usr/sbin/nginx";

void replace(std::string& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error{"the printed configuration lacks: " + from};
  text.replace(at, from.size(), to);
}

std::string on_port(std::uint16_t port) { return "listen 127.0.0.1:" + std::to_string(port); }

void write(const std::filesystem::path& file, const std::string& text) { std::ofstream{file} << text; }

}  // namespace

bool NginxInFront::is_installed() { return ::access(program, X_OK) == 0; }

NginxInFront::NginxInFront(const api::Settings& settings) {
  const std::string folder = folder_.path().string();
  const Ran made =
      ran({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
           "-subj", "/CN=localhost", "-keyout", folder + "/key.pem", "-out", folder + "/certificate.pem"});
  if (made.code != 0) throw std::runtime_error{"no certificate: " + made.err};
  std::string main = "daemon off;\nworker_processes 2;\nworker_rlimit_nofile 4096;\n";
  if (::geteuid() == 0) main += "user root;\n";
  main += "pid " + folder + "/pid;\nerror_log " + folder + "/complaints warn;\n";
  main += "events { worker_connections 2000; }\nhttp {\n  access_log off;\n";
  for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
    main += "  " + std::string{kind} + "_temp_path " + folder + "/" + kind + ";\n";
  write(folder_.path() / "nginx.conf", main + "  include " + folder + "/site;\n}\n");
  for (int attempt = 0; attempt < 5; ++attempt) {
    const std::vector<std::uint16_t> ports = free_ports(3);
    port_ = ports[0];
    tls_port_ = ports[1];
    redirect_port_ = ports[2];
    write(folder_.path() / "site", configuration(settings));
    start();
    if (listens()) return;
    stop();  // somebody else was quicker to take one of the ports
  }
  throw std::runtime_error{"nginx does not start: " + complaints()};
}

NginxInFront::~NginxInFront() { stop(); }

std::string NginxInFront::configuration(const api::Settings& settings) const {
  const std::string folder = folder_.path().string();
  std::string site =
      api::nginx_site(settings, {"localhost", folder + "/certificate.pem", folder + "/key.pem"});
  replace(site, "listen 80;", on_port(redirect_port_) + ";");
  replace(site, "    listen [::]:80;\n", "");
  replace(site, "listen 443 ssl http2;", on_port(port_) + ";\n    " + on_port(tls_port_) + " ssl http2;");
  replace(site, "    listen [::]:443 ssl http2;\n", "");
  return site;
}

void NginxInFront::start() {
  std::string folder = folder_.path().string();
  std::string name = program;
  std::string file = folder + "/nginx.conf";
  std::string flags[] = {"-p", "-c", "-e"};
  std::string early = folder + "/complaints";
  char* const words[] = {name.data(), flags[0].data(), folder.data(), flags[1].data(),
                         file.data(), flags[2].data(), early.data(),  nullptr};
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
  const int failure = ::posix_spawn(&process_, program, &files, nullptr, words, environ);
  posix_spawn_file_actions_destroy(&files);
  if (failure != 0) throw std::runtime_error{"nginx cannot be run"};
}

/// It writes its number once it listens at every port.
bool NginxInFront::listens() {
  const bool is_decided = comes_true([this] {
    if (::waitpid(process_, nullptr, WNOHANG) == process_) process_ = -1;
    int number = 0;
    return process_ <= 0 || std::ifstream{folder_.path() / "pid"} >> number;
  });
  return is_decided && process_ > 0;
}

void NginxInFront::stop() {
  if (process_ <= 0) return;
  ::kill(process_, SIGTERM);
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) continue;
  process_ = -1;
}

testing::RawAnswer NginxInFront::ask(std::string_view bytes) const {
  testing::RawHttpClient one = client();
  one.send(bytes);
  return one.read_answer(bytes.starts_with("HEAD"));
}

std::string NginxInFront::complaints() const {
  std::ostringstream text;
  text << std::ifstream{folder_.path() / "complaints"}.rdbuf();
  return text.str();
}

}  // namespace coop::test
