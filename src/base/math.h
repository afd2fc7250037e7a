/// exp, exp2, expm1 and log1p that give the same bits on every x86-64 machine.
///
/// The C library picks its own variants by processor (with or without fused multiply-add), so two machines may differ
/// in the last bit. These use only +, -, *, / in a fixed order, compiled without contraction: a score recomputes to the
/// same bytes next year. Errors stay below 1.5 units in the last place (math_test.cc measures them).
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace renown::base {

/// e^x. 0 below -708, infinity above 709.
double exp(double x);

/// 2^x. 0 below -1022, infinity from 1024 on.
double exp2(double x);

/// Numbers that are worked on together: the processor does several at a time.
inline constexpr std::size_t kBatch = 64;
using Batch = std::array<double, kBatch>;

/// 2^x of each number, the same bits as exp2(x); x in [-1022, 1023].
void exp2(const Batch& x, Batch& result);

/// e^x - 1, without loss near 0.
double expm1(double x);

/// The same of each number, in its place: the same bits, several at a time.
void expm1(std::span<double> values);

/// ln(1 + x) for x > -1, without loss near 0; -infinity at -1, not a number below.
double log1p(double x);

/// The same of each number, in its place: the same bits, several at a time.
void log1p(std::span<double> values);

/// Whether the functions of several numbers may use registers that only some machines have: true from the beginning.
/// The bits are the same; for tests. Not while another thread calls them. returns  whether they do
bool use_wide_registers(bool wide);

}  // namespace renown::base
