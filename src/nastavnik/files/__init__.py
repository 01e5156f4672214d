"""Files that people upload: what they are, what they may not be, and how they are read apart.

Plain Python below every room: the engines that read registries, roadmaps and templates share the
guards and the limited child process; what is in a file, and the words of advice, stay with the room.
"""
