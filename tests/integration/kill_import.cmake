# kill -9 during imports, syncs, erases and exports: 10 rounds each here, 200 in the long suite.
add_executable(kill_import_test ${CMAKE_CURRENT_LIST_DIR}/kill_import_test.cc)
target_link_libraries(kill_import_test PRIVATE renown_log)
set_target_properties(kill_import_test PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
add_test(NAME "integration: kill -9 during import, sync, erase and export" COMMAND kill_import_test 10)
set_tests_properties("integration: kill -9 during import, sync, erase and export" PROPERTIES TIMEOUT 600)
add_test(NAME "integration: kill -9 during import, sync, erase and export, 200 rounds" COMMAND kill_import_test 200)
set_tests_properties("integration: kill -9 during import, sync, erase and export, 200 rounds" PROPERTIES LABELS long TIMEOUT 3600)
