/// A self-signed certificate for 127.0.0.1 and tls.test, made anew by each test that wants one.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace renown::net::test {

class TestCertificate {
 public:
  explicit TestCertificate(const std::string& ca_file) {
    key_.reset(EVP_EC_gen("P-256"));
    certificate_.reset(X509_new());
    X509* x = certificate_.get();
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
    X509_gmtime_adj(X509_getm_notBefore(x), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x), 3600);
    X509_set_pubkey(x, key_.get());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("renown test"), -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(x));
    add(NID_basic_constraints, "critical,CA:TRUE");
    add(NID_subject_alt_name, "IP:127.0.0.1,DNS:tls.test");
    X509_sign(x, key_.get(), EVP_sha256());
    if (FILE* file = std::fopen(ca_file.c_str(), "w")) {
      PEM_write_X509(file, x);
      std::fclose(file);
    }
    context_.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_use_certificate(context_.get(), x);
    SSL_CTX_use_PrivateKey(context_.get(), key_.get());
  }

  SSL_CTX* context() { return context_.get(); }

 private:
  void add(int nid, const char* value) {
    if (X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value)) {
      X509_add_ext(certificate_.get(), extension, -1);
      X509_EXTENSION_free(extension);
    }
  }

  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_{nullptr, &EVP_PKEY_free};
  std::unique_ptr<X509, decltype(&X509_free)> certificate_{nullptr, &X509_free};
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{nullptr, &SSL_CTX_free};
};

}  // namespace renown::net::test
