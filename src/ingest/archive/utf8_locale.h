/// Utf8Locale: while it lives, this thread's names of files are UTF-8, whatever the environment says.
#pragma once

#include <locale.h>

namespace renown::ingest::archive {

/// libarchive turns names into the encoding of the current locale, and loses those that "C" has no letters for.
class Utf8Locale {
 public:
  Utf8Locale() : utf8_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (utf8_ != nullptr) before_ = ::uselocale(utf8_);
  }
  ~Utf8Locale() {
    if (utf8_ == nullptr) return;
    ::uselocale(before_);
    ::freelocale(utf8_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t utf8_ = nullptr;
  locale_t before_ = nullptr;
};

}  // namespace renown::ingest::archive
