/// FreedBy: lets a unique_ptr own what a C library gives and takes back.
#pragma once

namespace renown::base {

///     std::unique_ptr<EVP_MD_CTX, base::FreedBy<EVP_MD_CTX_free>> context{EVP_MD_CTX_new()};
template <auto kFree>
struct FreedBy {
  template <class T>
  void operator()(T* one) const {
    kFree(one);
  }
};

}  // namespace renown::base
