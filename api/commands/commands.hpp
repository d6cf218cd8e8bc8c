#pragma once
#include <iosfwd>

#include "api/commands/command_line.hpp"

namespace coop::api {

/// `coopledger config`: prints the settings in force.
void add_config(CommandLine& line);
/// `coopledger migrate`: brings the schema to this program's version.
void add_migrate(CommandLine& line);
/// `coopledger nginx`: prints the configuration of the proxy in front.
void add_nginx(CommandLine& line);
/// `coopledger serve`: serves the REST API until a signal stops it.
void add_serve(CommandLine& line);
/// `coopledger version`: prints the program's and the schema's version.
void add_version(CommandLine& line);

}  // namespace coop::api
