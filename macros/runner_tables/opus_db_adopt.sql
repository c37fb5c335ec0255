{#
    Makes room for our names where somebody else's objects bear them: each is renamed to <name>_before_opus, with its rows,
    grants and indexes, all of them or none. Refuses where such a name is taken.
    confirm: true renames; otherwise it only says what it would do. output: text, or json for one line that programs read.
#}
{% macro opus_db_adopt(confirm=false, output='text') %}
    {% do _opus_check_db_arguments('opus_db_adopt', output, {'confirm': confirm}) %}
    {% do opus_begin() %}
    {% set found = _opus_found() %}
    {% set foreign = _opus_foreign_tables(found) + _opus_foreign_models(found, _opus_unlisted_places(found.listed)) %}
    {% set lines = [] %}
    {% set renamed = [] %}
    {% for object in foreign %}
        {% set to = object.name ~ _opus_kept_suffix() %}
        {% if opus_folded(to) in _opus_present(object.schema, object.database) %}
            {% do _opus_refuse(object.schema ~ '.' ~ object.name ~ ' cannot be renamed: ' ~ object.schema ~ '.' ~ to ~ ' exists; nothing was renamed. Rename or drop one of them.') %}
        {% endif %}
        {% if confirm %}{% do run_query(opus_rename(object, to)) %}{% endif %}
        {% do lines.append(('renamed ' if confirm else 'would rename ') ~ object.type ~ ' ' ~ object.schema ~ '.' ~ object.name ~ ' to ' ~ to) %}
        {% do renamed.append({'schema': object.schema, 'name': object.name, 'type': object.type, 'to': to}) %}
    {% endfor %}
    {% do opus_commit() %}
    {% if not foreign %}{% do lines.append('nothing of anyone else stands at a name of ours') %}{% endif %}
    {% if foreign and not confirm %}{% do lines.append('nothing was renamed; --confirm renames (as a run-operation: confirm: true)') %}{% endif %}
    {% do _opus_report('opus_db_adopt', output, 0, lines, {'confirmed': confirm, 'objects': renamed}) %}
{% endmacro %}
