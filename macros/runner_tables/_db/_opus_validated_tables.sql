{# What deploying makes, as opus_db_validate shows them: {schema, name, type, state, differences}. #}
{% macro _opus_validated_tables(found) %}
    {% set objects = [] %}
    {% for name, type in _opus_runner_objects().items() %}
        {% set present = found.present.get(opus_folded(name)) %}
        {% set listed = _opus_is_listed(found.listed, _opus_schema_name(), name) %}
        {% set differences = _opus_differences(type, opus_runner_tables().get(name, {}), present) if present and listed else [] %}
        {% do objects.append({
            'schema': _opus_schema_name(), 'name': name, 'type': type, 'differences': differences,
            'state': 'missing' if not present else 'foreign' if not listed else 'different' if differences else 'present',
        }) %}
    {% endfor %}
    {{ return(objects) }}
{% endmacro %}

{# What is wrong with a table of the runner's, in words. #}
{% macro _opus_differences(type, columns, present) %}
    {% set differences = [] %}
    {% set wanted = [] %}
    {% if present.type != type %}{% do differences.append('is a ' ~ present.type ~ ', not a ' ~ type) %}{% endif %}
    {% for column, kind in columns.items() %}
        {% do wanted.append(opus_folded(column)) %}
        {% set type = present.columns.get(opus_folded(column)) %}
        {% if type is none %}
            {% do differences.append('column ' ~ column ~ ' is missing') %}
        {% elif type | replace(' ', '') != opus_type(kind) | replace(' ', '') %}
            {% do differences.append('column ' ~ column ~ ' is ' ~ type ~ ', not ' ~ opus_type(kind)) %}
        {% endif %}
    {% endfor %}
    {% for column in present.columns if columns and column not in wanted %}
        {% do differences.append('column ' ~ column ~ ' is extra') %}
    {% endfor %}
    {{ return(differences) }}
{% endmacro %}
