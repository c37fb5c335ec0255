"""The functions of SQL Server 2017, with the least and the greatest number of arguments.

From the Transact-SQL function reference, those that later versions added or widened left out or kept as they were.
"""

from __future__ import annotations

MANY = 254  # CONCAT and CONCAT_WS take no more; COALESCE is held to the same, for it becomes a CASE

FUNCTIONS: dict[str, tuple[int, int]] = {
    # conversion; one argument, for AS is no comma
    "CAST": (1, 1), "TRY_CAST": (1, 1), "CONVERT": (2, 3), "TRY_CONVERT": (2, 3), "PARSE": (1, 1), "TRY_PARSE": (1, 1),
    # text
    "ASCII": (1, 1), "CHAR": (1, 1), "CHARINDEX": (2, 3), "CONCAT": (2, MANY), "CONCAT_WS": (3, MANY),
    "FORMAT": (2, 3), "LEFT": (2, 2), "LEN": (1, 1), "LOWER": (1, 1), "LTRIM": (1, 1), "NCHAR": (1, 1),
    "PATINDEX": (2, 2), "QUOTENAME": (1, 2), "REPLACE": (3, 3), "REPLICATE": (2, 2), "REVERSE": (1, 1),
    "RIGHT": (2, 2), "RTRIM": (1, 1), "SPACE": (1, 1), "STR": (1, 3), "STRING_AGG": (2, 2), "STRING_ESCAPE": (2, 2),
    "STRING_SPLIT": (2, 2), "STUFF": (4, 4), "SUBSTRING": (3, 3), "TRANSLATE": (3, 3), "TRIM": (1, 1),
    "UNICODE": (1, 1), "UPPER": (1, 1), "DATALENGTH": (1, 1), "HASHBYTES": (2, 2), "COMPRESS": (1, 1),
    "DECOMPRESS": (1, 1),
    # JSON
    "ISJSON": (1, 1), "JSON_VALUE": (2, 2), "JSON_QUERY": (1, 2), "JSON_MODIFY": (3, 3), "OPENJSON": (1, 2),
    # choice
    "CHOOSE": (2, MANY), "COALESCE": (2, MANY), "IIF": (3, 3), "ISNULL": (2, 2), "NULLIF": (2, 2),
    # time
    "DATEADD": (3, 3), "DATEDIFF": (3, 3), "DATEDIFF_BIG": (3, 3), "DATEFROMPARTS": (3, 3),
    "DATENAME": (2, 2), "DATEPART": (2, 2), "DATETIME2FROMPARTS": (8, 8), "DATETIMEOFFSETFROMPARTS": (10, 10),
    "DAY": (1, 1), "EOMONTH": (1, 2), "GETDATE": (0, 0), "GETUTCDATE": (0, 0), "ISDATE": (1, 1), "MONTH": (1, 1),
    "SWITCHOFFSET": (2, 2), "SYSDATETIME": (0, 0), "SYSDATETIMEOFFSET": (0, 0), "SYSUTCDATETIME": (0, 0),
    "TIMEFROMPARTS": (5, 5), "TODATETIMEOFFSET": (2, 2), "YEAR": (1, 1),
    # numbers
    "ABS": (1, 1), "CEILING": (1, 1), "FLOOR": (1, 1), "ISNUMERIC": (1, 1), "POWER": (2, 2), "ROUND": (2, 3),
    "SIGN": (1, 1), "SQRT": (1, 1), "LOG": (1, 2), "CHECKSUM": (1, MANY), "BINARY_CHECKSUM": (1, MANY),
    # aggregates and windows
    "AVG": (1, 1), "COUNT": (1, 1), "COUNT_BIG": (1, 1), "MAX": (1, 1), "MIN": (1, 1), "SUM": (1, 1),
    "STDEV": (1, 1), "VAR": (1, 1), "GROUPING": (1, 1), "ROW_NUMBER": (0, 0), "RANK": (0, 0), "DENSE_RANK": (0, 0),
    "NTILE": (1, 1), "LAG": (1, 3), "LEAD": (1, 3), "FIRST_VALUE": (1, 1), "LAST_VALUE": (1, 1),
    "PERCENT_RANK": (0, 0), "CUME_DIST": (0, 0),
    # system and metadata
    "APP_NAME": (0, 0), "COL_LENGTH": (2, 2), "COL_NAME": (2, 2), "COLUMNPROPERTY": (3, 3), "DB_ID": (0, 1),
    "DB_NAME": (0, 1), "DATABASE_PRINCIPAL_ID": (0, 1), "DATABASEPROPERTYEX": (2, 2), "ERROR_LINE": (0, 0),
    "ERROR_MESSAGE": (0, 0), "ERROR_NUMBER": (0, 0), "ERROR_PROCEDURE": (0, 0), "ERROR_SEVERITY": (0, 0),
    "ERROR_STATE": (0, 0), "HAS_PERMS_BY_NAME": (3, 5), "HOST_NAME": (0, 0), "IS_MEMBER": (1, 1),
    "IS_ROLEMEMBER": (1, 2), "IS_SRVROLEMEMBER": (1, 2), "NEWID": (0, 0), "OBJECT_DEFINITION": (1, 1), "OBJECT_ID": (1, 2), "OBJECT_NAME": (1, 2),
    "OBJECT_SCHEMA_NAME": (1, 2), "OBJECTPROPERTY": (2, 2), "ORIGINAL_LOGIN": (0, 0), "SCHEMA_ID": (0, 1),
    "SCHEMA_NAME": (0, 1), "SCOPE_IDENTITY": (0, 0), "SERVERPROPERTY": (1, 1), "SUSER_NAME": (0, 1),
    "SUSER_SNAME": (0, 1), "TYPE_ID": (1, 1), "TYPE_NAME": (1, 1), "USER_ID": (0, 1), "USER_NAME": (0, 1),
    "XACT_STATE": (0, 0), "RAISERROR": (3, 23),
}  # fmt: skip

# Name -> the least and the greatest number that stands in the parentheses; none where it needs none.
TYPES: dict[str, tuple[int, int] | None] = {
    "NVARCHAR": (1, 4000), "NCHAR": (1, 4000), "VARCHAR": (1, 8000), "CHAR": (1, 8000), "VARBINARY": (1, 8000),
    "BINARY": (1, 8000), "DECIMAL": (1, 38), "NUMERIC": (1, 38), "INT": None, "INTEGER": None, "BIGINT": None,
    "SMALLINT": None, "TINYINT": None, "BIT": None, "FLOAT": None, "REAL": None, "DATE": None, "TIME": None,
    "DATETIME2": None, "DATETIMEOFFSET": None, "DATETIME": None, "UNIQUEIDENTIFIER": None, "SYSNAME": None,
    "XML": None, "MONEY": None,
}  # fmt: skip

# Transact-SQL's reserved words, but for PRECISION, which is a column of sys.columns and taken as it stands.
RESERVED = frozenset(
    [
        "ADD", "ALL", "ALTER", "AND", "ANY", "AS", "ASC", "AUTHORIZATION", "BACKUP", "BEGIN", "BETWEEN",
        "BREAK", "BROWSE", "BULK", "BY", "CASCADE", "CASE", "CHECK", "CHECKPOINT", "CLOSE", "CLUSTERED",
        "COALESCE", "COLLATE", "COLUMN", "COMMIT", "COMPUTE", "CONSTRAINT", "CONTAINS", "CONTAINSTABLE",
        "CONTINUE", "CONVERT", "CREATE", "CROSS", "CURRENT", "CURRENT_DATE", "CURRENT_TIME",
        "CURRENT_TIMESTAMP", "CURRENT_USER", "CURSOR", "DATABASE", "DBCC", "DEALLOCATE", "DECLARE", "DEFAULT",
        "DELETE", "DENY", "DESC", "DISK", "DISTINCT", "DISTRIBUTED", "DOUBLE", "DROP", "DUMP", "ELSE", "END",
        "ERRLVL", "ESCAPE", "EXCEPT", "EXEC", "EXECUTE", "EXISTS", "EXIT", "EXTERNAL", "FETCH", "FILE",
        "FILLFACTOR", "FOR", "FOREIGN", "FREETEXT", "FREETEXTTABLE", "FROM", "FULL", "FUNCTION", "GOTO",
        "GRANT", "GROUP", "HAVING", "HOLDLOCK", "IDENTITY", "IDENTITY_INSERT", "IDENTITYCOL", "IF", "IN",
        "INDEX", "INNER", "INSERT", "INTERSECT", "INTO", "IS", "JOIN", "KEY", "KILL", "LEFT", "LIKE", "LINENO",
        "LOAD", "MERGE", "NATIONAL", "NOCHECK", "NONCLUSTERED", "NOT", "NULL", "NULLIF", "OF", "OFF", "OFFSETS",
        "ON", "OPEN", "OPENDATASOURCE", "OPENQUERY", "OPENROWSET", "OPENXML", "OPTION", "OR", "ORDER", "OUTER",
        "OVER", "PERCENT", "PIVOT", "PLAN", "PRIMARY", "PRINT", "PROC", "PROCEDURE", "PUBLIC", "RAISERROR",
        "READ", "READTEXT", "RECONFIGURE", "REFERENCES", "REPLICATION", "RESTORE", "RESTRICT", "RETURN",
        "REVERT", "REVOKE", "RIGHT", "ROLLBACK", "ROWCOUNT", "ROWGUIDCOL", "RULE", "SAVE", "SCHEMA",
        "SECURITYAUDIT", "SELECT", "SEMANTICKEYPHRASETABLE", "SEMANTICSIMILARITYDETAILSTABLE",
        "SEMANTICSIMILARITYTABLE", "SESSION_USER", "SET", "SETUSER", "SHUTDOWN", "SOME", "STATISTICS",
        "SYSTEM_USER", "TABLE", "TABLESAMPLE", "TEXTSIZE", "THEN", "TO", "TOP", "TRAN", "TRANSACTION",
        "TRIGGER", "TRUNCATE", "TRY_CONVERT", "TSEQUAL", "UNION", "UNIQUE", "UNPIVOT", "UPDATE", "UPDATETEXT",
        "USE", "USER", "VALUES", "VARYING", "VIEW", "WAITFOR", "WHEN", "WHERE", "WHILE", "WITH", "WITHIN",
        "WRITETEXT",
    ]
)  # fmt: skip
