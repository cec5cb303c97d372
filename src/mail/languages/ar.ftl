# What mails say, in the language of this file.
