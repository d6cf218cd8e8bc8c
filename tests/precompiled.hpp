#pragma once
#include <gtest/gtest.h>

#include "ledger/precompiled.hpp"
