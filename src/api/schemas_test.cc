#include <set>
#include <string>

#include <gtest/gtest.h>

#include "api/routes.h"
#include "api/shipped_schemas.h"
#include "io/json.h"

namespace renown::api {
namespace {

TEST(Schemas, of_all_files_stand_in_the_document_each_once) {
  std::set<std::string> names;
  for (const std::string_view file : shipped_schemas()) {
    io::JsonParser parser;
    const auto root = parser.parse(file);
    ASSERT_TRUE(root) << root.error().message;
    for (const auto& [name, schema] : root->members())
      EXPECT_TRUE(names.emplace(name).second) << name << " stands twice";
  }
  EXPECT_GE(shipped_schemas().size(), 11U);
  const std::string all = api_info().schemas;
  io::JsonParser parser;
  const auto root = parser.parse(all);
  ASSERT_TRUE(root) << root.error().message;
  std::set<std::string> told;
  for (const auto& [name, schema] : root->members()) told.emplace(name);
  EXPECT_EQ(told, names);
}

TEST(Schemas, refer_to_schemas_that_are_there) {
  const std::string all = api_info().schemas;
  io::JsonParser parser;
  const auto root = parser.parse(all);
  ASSERT_TRUE(root);
  const std::string reference = "#/components/schemas/";
  int references = 0;
  for (std::size_t at = all.find(reference); at != std::string::npos; at = all.find(reference, at + 1), ++references) {
    const std::size_t begin = at + reference.size();
    const std::string name = all.substr(begin, all.find('"', begin) - begin);
    EXPECT_TRUE((*root)[name].is_object()) << name;
  }
  EXPECT_GT(references, 30);
}

}  // namespace
}  // namespace renown::api
