{#
    Compares the warehouse with what this package would make, object by object; changes nothing. A table of the runner's,
    the procedure and a model that was built are present, missing or different (a column missing, extra or of another
    type); a model that was never built is unbuilt, and an object of its name that is not ours is foreign.
    output: text, or json for one line that programs read.
#}
{% macro opus_db_validate(output='text') %}
    {% do _opus_check_db_arguments('opus_db_validate', output) %}
    {% do opus_begin() %}
    {% set found = _opus_found() %}
    {% set objects = _opus_validated_tables(found) + _opus_validated_models(found) %}
    {% do opus_commit() %}
    {% set wrong = objects | rejectattr('state', 'in', ['present', 'unbuilt']) | list %}
    {% set lines = [] %}
    {% for object in objects %}
        {% do lines.append(object.state ~ '  ' ~ object.schema ~ '.' ~ object.name ~ (': ' ~ object.differences | join(', ') if object.differences else '')) %}
    {% endfor %}
    {% do lines.append(wrong | length ~ ' of ' ~ objects | length ~ ' objects are missing, different or not ours') %}
    {% do _opus_report('opus_db_validate', output, 1 if wrong else 0, lines, {'objects': objects}) %}
{% endmacro %}
