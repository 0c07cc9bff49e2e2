"""The commands, one module each: arguments in, exit code out.

A module holds a `click` command named `command`; the command's name is the module's. Modules
whose name begins with an underscore are shared by commands.
"""
