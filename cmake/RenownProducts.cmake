# What is built for others: the command and the library that installs.
