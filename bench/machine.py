"""What the figures were measured on."""

import os
import pathlib
import re


def load():
    return round(os.getloadavg()[0], 2)


def describe(compiler, flags):
    """Processor, cores, clock, memory, compiler and flags: no name of the machine and no path."""
    processors = pathlib.Path("/proc/cpuinfo").read_text()
    return {
        "processor": first(r"model name\s*: (.*)", processors),
        "cores": os.cpu_count(),
        "clock_mhz": float(first(r"cpu MHz\s*: (.*)", processors, "0")),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "compiler": compiler,
        "flags": flags,
    }


def line(machine, load_before, load_after):
    return (
        f"{machine['processor']}, {machine['cores']} cores at {machine['clock_mhz']:.0f} MHz, {machine['memory_gb']} GB; "
        f"{machine['compiler']}, {machine['flags']}; load {load_before} at the beginning, {load_after} at the end"
    )


def build_facts(build_folder):
    """Compiler and flags, from CMake's cache."""
    cache = (pathlib.Path(build_folder) / "CMakeCache.txt").read_text()
    compiler = pathlib.Path(first(r"CMAKE_CXX_COMPILER:\w+=(.*)", cache)).name
    version = ""
    for file in (pathlib.Path(build_folder) / "CMakeFiles").glob("*/CMakeCXXCompiler.cmake"):
        version = first(r'CMAKE_CXX_COMPILER_VERSION "(.*)"', file.read_text())
    return f"{compiler} {version}", first(r"CMAKE_CXX_FLAGS_RELEASE:\w+=(.*)", cache)


def first(pattern, text, otherwise="unknown"):
    found = re.search(pattern, text)
    return found[1] if found else otherwise
