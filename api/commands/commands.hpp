#pragma once
#include <iosfwd>

#include "api/commands/command_line.hpp"

namespace coop::api {

/// `coopledger backup`: writes the complete books of every node into a folder.
void add_backup(CommandLine& line);
/// `coopledger config`: prints the settings in force.
void add_config(CommandLine& line);
/// `coopledger demo`: loads five co-operatives with a year of entries.
void add_demo(CommandLine& line);
/// `coopledger export`: writes a node's books as a journal, or complete.
void add_export(CommandLine& line);
/// `coopledger import`: records a journal in a node's books.
void add_import(CommandLine& line);
/// `coopledger migrate`: brings the schema to this program's version.
void add_migrate(CommandLine& line);
/// `coopledger nginx`: prints the configuration of the proxy in front.
void add_nginx(CommandLine& line);
/// `coopledger serve`: serves the REST API until a signal stops it.
void add_serve(CommandLine& line);
/// `coopledger restore`: makes nodes again from complete exports.
void add_restore(CommandLine& line);
/// `coopledger version`: prints the program's and the schema's version.
void add_version(CommandLine& line);

}  // namespace coop::api
